package io.adaptive.boot.autoconfigure.observation;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.adaptive.boot.autoconfigure.AdaptiveAutoConfiguration;
import io.adaptive.node.ProcessSpace;
import io.adaptive.spring.AdaptiveService;
import io.adaptive.spring.Discover;
import io.adaptive.spring.MessageHandler;
import io.adaptive.spring.observation.ObservingMessages;
import io.adaptive.stream.MessageObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What its caller cancels is no failure in the timers of either end, whether they are
 * made alone or of observations.
 */
class CancelledMessagesTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AdaptiveObservationAutoConfiguration.class,
				AdaptiveAutoConfiguration.class, MetricsAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withPropertyValues("adaptive.scopes=process")
		.withBean(ProcessSpace.class)
		.withBean(SimpleMeterRegistry.class)
		.withBean(EndlessService.class)
		.withBean(EndlessClient.class);

	private static MessageObserver found(ApplicationContext context) {
		return context.getBean(LateMessageObserver.class).found();
	}

	@Test
	void timersAloneTellThatTheyWereCancelled() {
		this.contextRunner.run((context) -> {
			assertThat(found(context)).isInstanceOf(MessageTimers.Observer.class);
			assertCancelled(context);
		});
	}

	@Test
	void observationsTellThatTheyWereCancelled() {
		this.contextRunner.withBean(Listener.class).run((context) -> {
			assertThat(found(context)).isInstanceOf(ObservingMessages.class);
			assertCancelled(context);
		});
	}

	private static void assertCancelled(ApplicationContext context) {
		context.getBean(EndlessClient.class).cancel(context.getBean(EndlessService.class));
		await()
			.untilAsserted(() -> assertThat(outcomes(context.getBean(MeterRegistry.class))).containsExactlyInAnyOrder(
					"adaptive.client.messages Ask CANCELLED 2", "adaptive.server.messages Ask CANCELLED 2",
					// The subscriber has its replies.
					"adaptive.client.messages Many OK 1", "adaptive.server.messages Many CANCELLED 1",
					"adaptive.client.messages Silent CANCELLED 1", "adaptive.server.messages Silent CANCELLED 1"));
	}

	private static List<String> outcomes(MeterRegistry registry) {
		return Stream.of("adaptive.client.messages", "adaptive.server.messages")
			.flatMap((name) -> registry.find(name).timers().stream())
			.filter((timer) -> timer.count() > 0)
			.map((timer) -> "%s %s %s %s".formatted(timer.getId().getName(),
					timer.getId().getTag("message").replaceAll(".*[$]", ""), timer.getId().getTag("outcome"),
					timer.count()))
			.toList();
	}

	record Ask(String text) {
	}

	record Many() {
	}

	record Silent() {
	}

	@AdaptiveService(publisher = "example", name = "endless")
	static class EndlessService {

		private final AtomicInteger handled = new AtomicInteger();

		@MessageHandler
		Mono<Ask> ask(Ask ask) {
			this.handled.incrementAndGet();
			return Mono.never();
		}

		@MessageHandler
		Flux<Ask> many(Many many) {
			return Flux.generate((sink) -> sink.next(new Ask("more")));
		}

		@MessageHandler
		Flux<Ask> silent(Silent silent) {
			this.handled.incrementAndGet();
			return Flux.never();
		}

	}

	interface Endless {

		CompletableFuture<Ask> future(Ask ask);

		Mono<Ask> mono(Ask ask);

		Flux<Ask> many(Many many);

		Flux<Ask> silent(Silent silent);

	}

	static class EndlessClient {

		@Autowired
		@Discover(publisher = "example", name = "endless")
		private Endless endless;

		void cancel(EndlessService service) {
			CompletableFuture<Ask> future = this.endless.future(new Ask("a"));
			Disposable mono = this.endless.mono(new Ask("b")).subscribe();
			Disposable silent = this.endless.silent(new Silent()).subscribe();
			assertThat(this.endless.many(new Many()).take(3).collectList().block()).hasSize(3);
			await().until(() -> service.handled.get() == 3);
			future.cancel(false);
			mono.dispose();
			silent.dispose();
		}

	}

	static class Listener implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
