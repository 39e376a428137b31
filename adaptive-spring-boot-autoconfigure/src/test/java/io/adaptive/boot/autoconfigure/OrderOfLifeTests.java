package io.adaptive.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.adaptive.boot.autoconfigure.EchoService.Echo;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.MessageHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what is there, and what not any more, while an application starts and ends.
 */
@ExtendWith(OutputCaptureExtension.class)
class OrderOfLifeTests {

	private static final int WEB_SERVER_PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

	@TempDir
	private Path socketDirectory;

	private AdaptiveNode otherProgram;

	private AdaptiveClient otherClient;

	@BeforeEach
	void startOtherProgram() {
		this.otherProgram = AdaptiveNode.builder()
			.scopes(Set.of(Scope.OS))
			.processSpace(new ProcessSpace())
			.socketDirectory(this.socketDirectory)
			.build();
		this.otherClient = this.otherProgram.newClient().discoverTimeout(Duration.ZERO);
	}

	@AfterEach
	void stopOtherProgram() {
		this.otherProgram.close();
	}

	@Test
	void drainingEndsWithThePhaseOfTheShutdown(CapturedOutput output) {
		assertThat(closeWithStuckHandler("--spring.lifecycle.timeout-per-shutdown-phase=200ms"))
			.isLessThan(Duration.ofSeconds(15));
		assertThat(output).contains("drain incomplete service=example/gate unfinished=1");
	}

	@Test
	void drainTimeoutOfItsOwnGoesBeforeThatOfThePhase(CapturedOutput output) {
		assertThat(closeWithStuckHandler("--adaptive.drain-timeout=200ms")).isLessThan(Duration.ofSeconds(15));
		assertThat(output).contains("drain incomplete service=example/gate unfinished=1");
	}

	private Duration closeWithStuckHandler(String property) {
		ConfigurableApplicationContext context = run(Application.class, property);
		Gate gate = context.getBean(Gate.class);
		CompletableFuture<Echo> stuck = callGate(gate, (echo) -> echo);
		long start = System.nanoTime();
		context.close();
		Duration duration = Duration.ofNanos(System.nanoTime() - start);
		assertThat(stuck).failsWithin(Duration.ofSeconds(10));
		gate.open.countDown();
		return duration;
	}

	@Test
	void handlerInFlightUsesTheServicesOfItsApplicationToTheEnd() {
		ConfigurableApplicationContext context = run(Application.class);
		AdaptiveClient client = context.getBean(AdaptiveClient.class).discoverTimeout(Duration.ZERO);
		assertServedWhileClosing(context,
				(echo) -> client.discover("example", "echo").sendRecv(new Echo("inside"), Echo.class),
				new Echo("inside"));
	}

	@Test
	void handlerInFlightUsesTheServicesOfOthersToTheEnd() {
		this.otherProgram.newServer()
			.publish(Service.named("example", "upper")
				.handle(Echo.class, (Echo echo) -> new Echo(echo.text().toUpperCase(Locale.ROOT))));
		ConfigurableApplicationContext context = run(Application.class);
		AdaptiveClient client = context.getBean(AdaptiveClient.class);
		assertServedWhileClosing(context, (echo) -> client.discover("example", "upper").sendRecv(echo, Echo.class),
				new Echo("GATE"));
	}

	private void assertServedWhileClosing(ConfigurableApplicationContext context, Function<Echo, Echo> work,
			Echo expected) {
		Gate gate = context.getBean(Gate.class);
		CompletableFuture<Echo> reply = callGate(gate, work);
		CompletableFuture<Void> closed = onThread(context::close);
		await().untilAsserted(() -> assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> this.otherClient.discover("example", "echo")));
		gate.open.countDown();
		assertThat(reply).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(expected);
		assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
	}

	private CompletableFuture<Echo> callGate(Gate gate, Function<Echo, Echo> work) {
		gate.work = work;
		CompletableFuture<Echo> reply = this.otherClient.discover("example", "gate")
			.async()
			.sendRecv(new Echo("gate"), Echo.class);
		await().until(() -> gate.entered.await(0, TimeUnit.SECONDS));
		return reply;
	}

	@Test
	void requestsAreServedInsideWhileWebServersFinishThem() {
		AtomicReference<Echo> seen = new AtomicReference<>();
		application(Application.class).initializers((GenericApplicationContext context) -> {
			Runnable lastRequest = () -> seen.set(callEcho(context.getBean(AdaptiveClient.class)));
			context.registerBean(OtherPart.class, () -> new OtherPart(WEB_SERVER_PHASE, () -> {
			}, lastRequest));
		}).run().close();
		assertThat(seen).hasValue(new Echo("hello"));
	}

	@Test
	void lazyInitialisationPublishesAllTheSame() {
		try (ConfigurableApplicationContext context = run(Application.class,
				"--spring.main.lazy-initialization=true")) {
			assertThat(callEcho(this.otherClient)).isEqualTo(new Echo("hello"));
			assertThat(callEcho(context.getBean(AdaptiveClient.class))).isEqualTo(new Echo("hello"));
			assertThat(context.getBeansOfType(KeepAlive.class)).hasSize(1);
		}
	}

	@Test
	void startThatFailsLeavesNothingOpen() {
		AtomicReference<AdaptiveNode> node = new AtomicReference<>();
		SpringApplicationBuilder failing = application(Application.class)
			.initializers((GenericApplicationContext context) -> context.registerBean(OtherPart.class,
					() -> new OtherPart(SmartLifecycle.DEFAULT_PHASE, () -> {
						node.set(context.getBean(AdaptiveNode.class));
						throw new IllegalStateException("no start today");
					}, () -> {
					})));
		assertThatException().isThrownBy(failing::run).withStackTraceContaining("no start today");
		assertThatIllegalStateException()
			.isThrownBy(() -> node.get().newServer().publish(Service.named("example", "late")));
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> this.otherClient.discover("example", "echo"));
		run(Application.class).close();
	}

	@Test
	void childContextTakesBackItsOwnServicesOnly() {
		ConfigurableApplicationContext child = application(Application.class).child(Child.class)
			.web(WebApplicationType.NONE)
			.run("--adaptive.os.socket-directory=" + this.socketDirectory);
		try (ConfigurableApplicationContext parent = (ConfigurableApplicationContext) child.getParent()) {
			assertThat(call(this.otherClient, "child")).isEqualTo(new Echo("hello"));
			assertThat(callEcho(this.otherClient)).isEqualTo(new Echo("hello"));
			child.close();
			assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> this.otherClient.discover("example", "child"));
			assertThat(callEcho(this.otherClient)).isEqualTo(new Echo("hello"));
			assertThat(parent.isRunning()).isTrue();
		}
	}

	private ConfigurableApplicationContext run(Class<?> application, String... arguments) {
		return application(application).run(arguments);
	}

	private SpringApplicationBuilder application(Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties("adaptive.os.socket-directory=" + this.socketDirectory);
	}

	private static Echo callEcho(AdaptiveClient client) {
		return call(client, "echo");
	}

	private static Echo call(AdaptiveClient client, String name) {
		return client.discover("example", name).sendRecv(new Echo("hello"), Echo.class);
	}

	private static CompletableFuture<Void> onThread(Runnable work) {
		return CompletableFuture.runAsync(work, (task) -> new Thread(task).start());
	}

	@AdaptiveService(publisher = "example", name = "gate")
	static class Gate {

		private final CountDownLatch entered = new CountDownLatch(1);

		private final CountDownLatch open = new CountDownLatch(1);

		private volatile Function<Echo, Echo> work = (echo) -> echo;

		@MessageHandler
		Echo pass(Echo echo) throws InterruptedException {
			this.entered.countDown();
			assertThat(this.open.await(30, TimeUnit.SECONDS)).isTrue();
			return this.work.apply(echo);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	static class Application {

		@Bean
		ProcessSpace processSpace() {
			return new ProcessSpace();
		}

		@Bean
		EchoService echo() {
			return new EchoService();
		}

		@Bean
		Gate gate() {
			return new Gate();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AdaptiveAutoConfiguration.class)
	static class Child {

		@Bean
		@AdaptiveService(publisher = "example", name = "child")
		EchoService childEcho() {
			return new EchoService();
		}

	}

	/**
	 * Another part of the application, such as its web server.
	 */
	static final class OtherPart implements SmartLifecycle {

		private final int phase;

		private final Runnable whenStarted;

		private final Runnable whenStopped;

		private volatile boolean running;

		OtherPart(int phase, Runnable whenStarted, Runnable whenStopped) {
			this.phase = phase;
			this.whenStarted = whenStarted;
			this.whenStopped = whenStopped;
		}

		@Override
		public void start() {
			this.whenStarted.run();
			this.running = true;
		}

		@Override
		public void stop() {
			this.whenStopped.run();
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
