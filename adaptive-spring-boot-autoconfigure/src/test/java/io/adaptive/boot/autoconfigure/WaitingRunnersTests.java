package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WaitingRunners}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WaitingRunnersTests {

	private static final ServiceName OTHER = new ServiceName("other", "echo");

	private static final String LINE = "other programs find its own services only after its runners waitingFor=";

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	private Path socketDirectory;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process,os")
		.withBean(ProcessSpace.class);

	@Test
	void aServiceThatARunnerWaitsForIsLoggedOnceUntilTheApplicationIsReady(CapturedOutput output) {
		this.contextRunner.withPropertyValues("adaptive.os.socket-directory=" + this.socketDirectory)
			.withBean(EchoService.class)
			.run((context) -> {
				WaitingRunners runners = runners(context.getSourceApplicationContext());
				runners.onApplicationEvent(started(context.getSourceApplicationContext()));
				CompletableFuture<?> first = call(context.getBean(AdaptiveNode.class), "first");
				Awaitility.await().atMost(LONG).until(() -> output.toString().contains(LINE + "other/first"));
				CompletableFuture<?> second = call(context.getBean(AdaptiveNode.class), "second");
				Awaitility.await().atMost(LONG).until(() -> output.toString().contains(LINE + "other/second"));
				assertThat(output.toString().split(LINE)).hasSize(3);
				assertThat(output).contains("scopes=[PROCESS, OS] for=\"a test\"", "services=[example/echo]");
				runners.onApplicationEvent(ready(context.getSourceApplicationContext()));
				first.cancel(false);
				second.cancel(false);
			});
	}

	@Test
	void nothingIsLoggedOfAnApplicationWithoutAServiceForOthers(CapturedOutput output) {
		this.contextRunner.withPropertyValues("adaptive.os.socket-directory=" + this.socketDirectory).run((context) -> {
			WaitingRunners silent = runners(context.getSourceApplicationContext());
			silent.onApplicationEvent(started(context.getSourceApplicationContext()));
			CompletableFuture<?> call = call(context.getBean(AdaptiveNode.class), "first");
			AdaptiveNode node = context.getBean(AdaptiveNode.class);
			Awaitility.await()
				.atMost(LONG)
				.until(() -> node.view().searches().stream().anyMatch((search) -> search.age().toMillis() > 300));
			assertThat(output).doesNotContain(LINE);
			silent.destroy();
			call.cancel(false);
		});
	}

	@Test
	void theLogOfAnApplicationTellsAfterFiveSeconds(CapturedOutput output) {
		AtomicReference<Echo> answer = new AtomicReference<>();
		try (AdaptiveNode other = otherProgram()) {
			CompletableFuture<?> published = CompletableFuture.runAsync(() -> {
				Awaitility.await().atMost(LONG).until(() -> output.toString().contains(LINE + OTHER));
				other.newServer()
					.publish(Service.named(OTHER).scopes(Scope.OS).handle(Echo.class, (message) -> message));
			}, (task) -> new Thread(task).start());
			try (ConfigurableApplicationContext context = runApplication(
					(connection) -> answer.set(connection.sendRecv(new Echo("hello"), Echo.class)))) {
				assertThat(context.isActive()).isTrue();
				assertThat(published).succeedsWithin(LONG);
				assertThat(answer).hasValue(new Echo("hello"));
				assertThat(output.toString().split(LINE)).hasSize(2);
			}
		}
	}

	private AdaptiveNode otherProgram() {
		return AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.processSpace(new ProcessSpace())
			.socketDirectory(this.socketDirectory)
			.build();
	}

	private ConfigurableApplicationContext runApplication(Consumer<Connection> runner) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("adaptive.os.socket-directory=" + this.socketDirectory)
			.initializers((GenericApplicationContext context) -> context.registerBean(CommandLineRunner.class,
					() -> (args) -> runner.accept(context.getBean(AdaptiveNode.class).newClient().lazy(OTHER))))
			.run();
	}

	private static WaitingRunners runners(ConfigurableApplicationContext context) {
		return new WaitingRunners(context.getBean(AdaptiveNode.class), context.getBean(DeclaredServices.class),
				Duration.ofMillis(50));
	}

	private static CompletableFuture<?> call(AdaptiveNode node, String name) {
		return node.newClient()
			.purpose("a test")
			.lazy(new ServiceName("other", name))
			.async()
			.sendRecv(new Echo("hello"), Echo.class);
	}

	private static ApplicationStartedEvent started(ConfigurableApplicationContext context) {
		return new ApplicationStartedEvent(new SpringApplication(), new String[0], context, Duration.ZERO);
	}

	private static ApplicationReadyEvent ready(ConfigurableApplicationContext context) {
		return new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	@Import({ EchoService.class, ProcessSpace.class })
	static class Application {

	}

}
