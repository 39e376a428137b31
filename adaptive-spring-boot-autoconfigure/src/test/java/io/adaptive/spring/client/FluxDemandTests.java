package io.adaptive.spring.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.MessageType;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A demand of 0 or less on the Flux of a typed client is an error, and cancels the Flux
 * of the handler.
 */
class FluxDemandTests {

	private static final ServiceName SERVICE = new ServiceName("test", "numbers");

	private final AdaptiveNode node = AdaptiveNode.builder().inMemory(new ProcessSpace()).build();

	private final AtomicInteger cancelled = new AtomicInteger();

	private Flux<?> numbers;

	@BeforeEach
	void publish() {
		this.node.newServer()
			.publish(Service.named(SERVICE)
				.handle(Count.class, (count) -> Flux.<Number>generate((sink) -> sink.next(new Number(1)))
					.doOnCancel(this.cancelled::incrementAndGet)));
		this.numbers = (Flux<?>) CallForm.FLUX.call(
				this.node.newClient().discoverTimeout(Duration.ofSeconds(20)).discover(SERVICE), new Count(),
				MessageType.of(Number.class), CallSettings.DEFAULT);
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Long.MIN_VALUE })
	void aDemandOfNothingOrLessIsAnError(long demand) throws Exception {
		CompletableFuture<Object> end = new CompletableFuture<>();
		AtomicInteger elements = new AtomicInteger();
		this.numbers.subscribe(new CoreSubscriber<Object>() {

			private Subscription subscription;

			@Override
			public void onSubscribe(Subscription subscription) {
				this.subscription = subscription;
				subscription.request(1);
			}

			@Override
			public void onNext(Object element) {
				elements.incrementAndGet();
				this.subscription.request(demand);
			}

			@Override
			public void onError(Throwable error) {
				end.completeExceptionally(error);
			}

			@Override
			public void onComplete() {
				end.complete("complete");
			}

		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> end.get(50, TimeUnit.SECONDS))
			.withCauseInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("Reactive Streams 3.9");
		await().until(() -> this.cancelled.get() == 1);
		assertThat(elements).hasValue(1);
	}

	record Count() {
	}

	record Number(int value) {
	}

}
