package io.adaptive.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.InvalidDeclarationException;
import io.adaptive.spring.MessageHandler;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ServicePublisher}, seen by clients in the same program and in another
 * one, which shares the socket directory and nothing else.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServicePublisherTests {

	@TempDir
	private Path socketDirectory;

	private AdaptiveNode otherProgram;

	private AdaptiveClient otherClient;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void startOtherProgram() {
		this.otherProgram = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.processSpace(new ProcessSpace())
			.socketDirectory(this.socketDirectory)
			.build();
		this.otherClient = this.otherProgram.newClient().discoverTimeout(Duration.ZERO);
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
			.withPropertyValues("adaptive.os.socket-directory=" + this.socketDirectory, "adaptive.discover-timeout=0")
			.withBean(ProcessSpace.class)
			.withBean(EchoService.class);
	}

	@AfterEach
	void stopOtherProgram() {
		this.otherProgram.close();
	}

	@Test
	void startPublishesForThisProgramAndReadinessForOthers(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			AdaptiveClient client = context.getBean(AdaptiveClient.class);
			assertThat(call(client)).isEqualTo(Scope.PROCESS);
			assertNotFound(this.otherClient);
			assertThat(output).contains("published service=example/echo scopes=[PROCESS]");
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(call(this.otherClient)).isEqualTo(Scope.OS);
			assertThat(output).contains("published service=example/echo scopes=[OS]");
		});
	}

	@Test
	void becomingReadyAgainChangesNothing() {
		this.contextRunner.run((context) -> {
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
			assertThatCode(() -> AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC))
				.doesNotThrowAnyException();
		});
	}

	@Test
	void stopUnpublishesAndTheNextStartPublishesEverywhere(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			AdaptiveClient client = context.getBean(AdaptiveClient.class);
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			context.stop();
			assertNotFound(client);
			assertNotFound(this.otherClient);
			assertThat(output).contains("unpublished service=example/echo scopes=[PROCESS]")
				.contains("unpublished service=example/echo scopes=[OS]");
			context.start();
			assertThat(call(client)).isEqualTo(Scope.PROCESS);
			assertThat(call(this.otherClient)).isEqualTo(Scope.OS);
		});
	}

	@Test
	void messageInFlightIsServedWhileTheContextStops() {
		this.contextRunner.withBean(SlowService.class).run((context) -> {
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			SlowService slow = context.getBean(SlowService.class);
			CompletableFuture<Echo> reply = CompletableFuture.supplyAsync(
					() -> this.otherClient.discover("example", "slow").sendRecv(new Echo("slow"), Echo.class),
					(task) -> new Thread(task).start());
			assertThat(slow.entered.await(50, TimeUnit.SECONDS)).isTrue();
			CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop,
					(task) -> new Thread(task).start());
			await().untilAsserted(() -> assertNotFound(this.otherClient));
			slow.mayLeave.countDown();
			assertThat(reply).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(new Echo("slow"));
			assertThat(stop).succeedsWithin(Duration.ofSeconds(10));
		});
	}

	@Test
	void readinessOfAStoppedContextPublishesNothing() {
		this.contextRunner.run((context) -> {
			context.stop();
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertNotFound(this.otherClient);
		});
	}

	@Test
	void onlyConfiguredScopesAreUsed() {
		this.contextRunner.withPropertyValues("adaptive.scopes=os").run((context) -> {
			assertNotFound(context.getBean(AdaptiveClient.class));
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
			assertThat(call(context.getBean(AdaptiveClient.class))).isEqualTo(Scope.OS);
		});
	}

	@Test
	void twoHandlersForOneMessageEndTheStart() {
		this.contextRunner.withBean(SecondEchoService.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidDeclarationException.class)
				.hasMessageContaining("example/echo"));
	}

	@Test
	void runnersUseTheServiceBeforeOtherProgramsFindIt() {
		AtomicReference<Scope> seenByRunner = new AtomicReference<>();
		try (ConfigurableApplicationContext context = runApplication((client) -> {
			seenByRunner.set(call(client));
			assertNotFound(this.otherClient);
		})) {
			assertThat(seenByRunner).hasValue(Scope.PROCESS);
			assertThat(context.isRunning()).isTrue();
			assertThat(call(this.otherClient)).isEqualTo(Scope.OS);
		}
		assertNotFound(this.otherClient);
	}

	@Test
	void nothingIsPublishedForOthersWhenARunnerFails(CapturedOutput output) {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> runApplication((client) -> {
			throw new UncheckedIOException(new IOException("no disk"));
		}));
		assertNotFound(this.otherClient);
		assertThat(output).contains("unpublished service=example/echo scopes=[PROCESS]")
			.doesNotContain("published service=example/echo scopes=[OS]");
	}

	private ConfigurableApplicationContext runApplication(Consumer<AdaptiveClient> runner) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("adaptive.os.socket-directory=" + this.socketDirectory)
			.initializers((GenericApplicationContext context) -> context.registerBean(CommandLineRunner.class,
					() -> (args) -> runner.accept(context.getBean(AdaptiveClient.class))))
			.run();
	}

	private static Scope call(AdaptiveClient client) {
		Connection connection = client.discover("example", "echo");
		assertThat(connection.sendRecv(new Echo("hello"), Echo.class)).isEqualTo(new Echo("hello"));
		return connection.info().scope();
	}

	private static void assertNotFound(AdaptiveClient client) {
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> client.discover("example", "echo"));
	}

	@AdaptiveService(publisher = "example", name = "echo")
	static class SecondEchoService {

		@MessageHandler
		Echo echo(Echo message) {
			return message;
		}

	}

	@AdaptiveService(publisher = "example", name = "slow")
	static class SlowService {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch mayLeave = new CountDownLatch(1);

		@MessageHandler
		Echo echo(Echo message) throws InterruptedException {
			this.entered.countDown();
			this.mayLeave.await();
			return message;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@Import({ EchoService.class, ProcessSpace.class })
	static class Application {

	}

}
