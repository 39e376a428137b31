package io.adaptive.boot.autoconfigure.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AdaptiveHealthAutoConfiguration}.
 */
class AdaptiveHealthAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(AdaptiveHealthAutoConfiguration.class, AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class);

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	@Test
	void aNodeWithoutRegistriesIsUp() {
		this.contextRunner.run((context) -> {
			assertThat(part(context, "process").health().getStatus()).isEqualTo(Status.UP);
			assertThat(part(context, "services").health().getStatus()).isEqualTo(Status.UP);
			assertThat(context.getBean(CompositeHealthContributor.class).stream().map(HealthContributors.Entry::name))
				.containsExactly("services", "process");
		});
	}

	@Test
	void anAbsentRegistryLetsTheApplicationStartAndHealthSaysWhatIsWrongUntilItAppears(@TempDir Path directory)
			throws IOException {
		int port = freePort();
		String address = "tcp:127.0.0.1:" + port;
		this.contextRunner
			.withPropertyValues("adaptive.scopes=process,wan", "adaptive.registry.addresses=127.0.0.1:" + port,
					"adaptive.listen.port=0")
			.run((context) -> {
				context.getBean(AdaptiveServer.class).publish(Service.named("example", "thing"));
				HealthIndicator health = part(context, "wan");
				await().atMost(Duration.ofSeconds(50))
					.untilAsserted(() -> assertThat(health.health().getDetails().get(address)).asString()
						.contains("connected=false")
						.contains("error="));
				assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
				assertThat(context.getBean(AdaptiveNode.class).scopes()).contains(Scope.PROCESS, Scope.WAN);
				this.contextRunner
					.withPropertyValues("adaptive.root-registry.enabled=true", "adaptive.listen.port=" + port,
							"adaptive.root-registry.directory=" + directory.resolve("root"))
					.run((root) -> await().atMost(Duration.ofSeconds(50)).untilAsserted(() -> {
						assertThat(health.health().getStatus()).isEqualTo(Status.UP);
						assertThat(health.health().getDetails().get(address)).asString()
							.contains("registration=ACCEPTED");
					}));
			});
	}

	@Test
	void aNodeIsOutOfServiceOnceItHasTakenBackAllItsServices() {
		this.contextRunner.run((context) -> {
			AdaptiveServer server = context.getBean(AdaptiveServer.class);
			CountDownLatch handling = new CountDownLatch(1);
			CountDownLatch release = new CountDownLatch(1);
			server.publish(Service.named("example", "other"));
			Publication publication = server.publish(Service.named("example", "thing").handle(Note.class, (note) -> {
				handling.countDown();
				release.await(50, TimeUnit.SECONDS);
				return note;
			}));
			HealthIndicator health = part(context, "services");
			assertThat(health.health())
				.isEqualTo(Health.up().withDetail("published", List.of("example/other", "example/thing")).build());
			context.getBean(AdaptiveNode.class).unpublish(new ServiceName("example", "other"));
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			CompletableFuture<Note> answer = context.getBean(AdaptiveNode.class)
				.newClient()
				.discover("example", "thing")
				.async()
				.sendRecv(new Note("a"), Note.class);
			assertThat(handling.await(50, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> closed = CompletableFuture.runAsync(publication::close);
			Health draining = Health.outOfService()
				.withDetail("published", List.of())
				.withDetail("draining", List.of("example/thing"))
				.build();
			await().untilAsserted(() -> assertThat(health.health()).isEqualTo(draining));
			release.countDown();
			assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
			assertThat(answer).succeedsWithin(Duration.ofSeconds(20));
			assertThat(health.health()).isEqualTo(Health.outOfService().withDetail("published", List.of()).build());
			server.publish(Service.named("example", "new"));
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void aRootRegistryThatCannotWriteIsDownUntilItCan(@TempDir Path directory) throws IOException {
		Path inTheWay = Files
			.createDirectories(directory.resolve("root").resolve("registry.journal.new").resolve("something"));
		this.contextRunner
			.withPropertyValues("adaptive.scopes=process,wan", "adaptive.root-registry.enabled=true",
					"adaptive.listen.port=0", "adaptive.root-registry.directory=" + directory.resolve("root"))
			.run((context) -> {
				HealthIndicator health = part(context, "root-registry");
				Health down = health.health();
				assertThat(down.getStatus()).isEqualTo(Status.DOWN);
				assertThat(down.getDetails().get("journal")).asString().contains("registry.journal.new");
				assertThat(down.getDetails()).containsEntry("nodes", 0).containsEntry("services", 0);
				Files.delete(inTheWay);
				Files.delete(inTheWay.getParent());
				await().atMost(Duration.ofSeconds(50))
					.untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
				assertThat(health.health().getDetails()).doesNotContainKey("journal");
			});
	}

	@Test
	void aSocketThatWasClearedAwayIsToldWithWhatToDo(@TempDir Path directory) {
		this.contextRunner
			.withPropertyValues("adaptive.scopes=os", "adaptive.os.socket-directory=" + directory.resolve("s"))
			.run((context) -> {
				HealthIndicator health = part(context, "os");
				assertThat(health.health().getStatus()).isEqualTo(Status.UP);
				assertThat(health.health().getDetails()).containsOnlyKeys("directory");
				context.getBean(AdaptiveServer.class).publish(Service.named("example", "thing"));
				assertThat(health.health().getStatus()).isEqualTo(Status.UP);
				assertThat(health.health().getDetails()).containsOnlyKeys("directory", "socket");
				Path socket = context.getBean(AdaptiveNode.class).view().socket().orElseThrow();
				// It is made again, perhaps before it is looked at.
				await().pollInterval(Duration.ofMillis(1)).untilAsserted(() -> {
					Files.deleteIfExists(socket);
					Health down = health.health();
					assertThat(down.getStatus()).isEqualTo(Status.DOWN);
					assertThat(down.getDetails()).containsEntry("error",
							"Files of this program were cleared away and are made again; keep the directory from being cleared")
						.containsEntry("missing", List.of(socket.toString()));
				});
				await().atMost(Duration.ofSeconds(50))
					.untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
			});
	}

	@Test
	void aNodeWithoutANetworkInterfaceCannotTellWhetherItIsFound() {
		this.contextRunner
			.withPropertyValues("adaptive.scopes=process,lan", "adaptive.listen.port=0",
					"adaptive.lan.interfaces=none-such")
			.run((context) -> {
				HealthIndicator health = part(context, "lan");
				assertThat(health.health().getStatus()).isEqualTo(Status.UP);
				context.getBean(AdaptiveServer.class).publish(Service.named("example", "thing"));
				assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(health.health().getDetails()).containsEntry("error", "There is no network interface to use")
					.containsEntry("port", 7201)
					.containsKey("address");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "adaptiveHealthIndicator", "adaptiveHealthContributor" })
	void anIndicatorOfTheUserIsKept(String name) {
		this.contextRunner.withBean(name, HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean(CompositeHealthContributor.class));
	}

	private static HealthIndicator part(ApplicationContext context, String name) {
		return (HealthIndicator) context.getBean(CompositeHealthContributor.class).getContributor(name);
	}

	record Note(String text) {
	}

	@Test
	void healthCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.health.adaptive.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void frameworkWorksWithoutHealth() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveHealthAutoConfiguration.class));
	}

}
