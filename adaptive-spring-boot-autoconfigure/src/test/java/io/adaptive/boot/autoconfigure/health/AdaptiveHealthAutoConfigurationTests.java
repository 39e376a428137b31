package io.adaptive.boot.autoconfigure.health;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.transport.ProcessSpace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

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
		this.contextRunner.run((context) -> assertThat(context.getBean(HealthIndicator.class).health())
			.satisfies((health) -> assertThat(health.getStatus()).isEqualTo(Status.UP))
			.satisfies((health) -> assertThat(health.getDetails()).isEmpty()));
	}

	@Test
	void anAbsentRegistryLetsTheApplicationStartAndHealthSaysWhatIsWrongUntilItAppears(@TempDir Path directory)
			throws IOException {
		int port = freePort();
		String address = "tcp:127.0.0.1:" + port;
		this.contextRunner.withPropertyValues("adaptive.registry.addresses=127.0.0.1:" + port, "adaptive.listen.port=0")
			.run((context) -> {
				context.getBean(AdaptiveServer.class).publish(Service.named("example", "thing"));
				HealthIndicator health = context.getBean(HealthIndicator.class);
				await().atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(health.health().getDetails().get(address)).asString()
						.contains("connected=false")
						.contains("error="));
				assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
				assertThat(context.getBean(AdaptiveNode.class).scopes()).contains(Scope.PROCESS, Scope.WAN);
				this.contextRunner
					.withPropertyValues("adaptive.root-registry.enabled=true", "adaptive.listen.port=" + port,
							"adaptive.root-registry.directory=" + directory.resolve("root"))
					.run((root) -> await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
						assertThat(health.health().getStatus()).isEqualTo(Status.UP);
						assertThat(health.health().getDetails().get(address)).asString()
							.contains("registration=ACCEPTED");
					}));
			});
	}

	@Test
	void anIndicatorOfTheUserIsKept() {
		this.contextRunner.withBean("adaptiveHealthIndicator", HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean(RegistryHealthIndicator.class));
	}

	@Test
	void healthCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.health.adaptive.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void frameworkWorksWithoutHealth() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasSingleBean(AdaptiveNode.class)
				.doesNotHaveBean(AdaptiveHealthAutoConfiguration.class));
	}

}
