package io.adaptive.guide;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The three policies for a subscriber that is too slow.
 */
class SlowSubscriberGuideTests {

	private static final ServiceName SERVICE = new ServiceName("example", "slow");

	private static final int MANY = 20_000;

	private final AdaptiveNode node = AdaptiveNode.builder().inMemory(new ProcessSpace()).build();

	private final BlockingQueue<ContextStream> subscribers = new LinkedBlockingQueue<>();

	private final Publisher publisher = new Publisher();

	private MessageStream stream;

	private ContextStream subscriber;

	@BeforeEach
	void subscribe() throws InterruptedException {
		this.node.newServer().publish(Service.named(SERVICE).handle(Subscribe.class, (subscribe, stream) -> {
			this.subscribers.add(stream);
			return null;
		}));
		this.stream = this.node.newClient().discover(SERVICE).newStream();
		this.stream.setReceiveTimeout(Duration.ofSeconds(20));
		this.stream.send(new Subscribe());
		this.subscriber = Objects.requireNonNull(this.subscribers.poll(20, TimeUnit.SECONDS));
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	private long received() {
		long count = 0;
		while (this.stream.recv(Tick.class).number() > 0) {
			count++;
		}
		return count;
	}

	@Test
	void aPublisherWaits() throws Exception {
		Mono<Void> sent = this.publisher.forward(Flux.range(1, MANY).map(Tick::new), this.subscriber)
			.then(this.subscriber.reactive().send(new Tick(0)));
		CompletableFuture<Void> done = sent.toFuture();
		assertThat(received()).isEqualTo(MANY);
		done.get(50, TimeUnit.SECONDS);
	}

	@Test
	void aPublisherDrops() throws Exception {
		for (int i = 1; i <= MANY; i++) {
			this.publisher.offer(this.subscriber, new Tick(i));
		}
		this.subscriber.async().send(new Tick(0));
		assertThat(this.publisher.dropped.sum()).isPositive();
		assertThat(received()).isEqualTo(MANY - this.publisher.dropped.sum());
	}

	@Test
	void aPublisherCloses() {
		while (this.subscriber.isWritable()) {
			this.subscriber.async().send(new Tick(1));
		}
		this.publisher.closeUnlessWritable(this.subscriber, Duration.ofMillis(20));
		assertThatExceptionOfType(EndOfStreamException.class).isThrownBy(() -> {
			this.subscriber.async().whenWritable().exceptionally((ended) -> null).get(50, TimeUnit.SECONDS);
			received();
		});
	}

	record Subscribe() {
	}

	record Tick(int number) {
	}

	static class Publisher {

		private final LongAdder dropped = new LongAdder();

		Mono<Void> forward(Flux<Tick> ticks, ContextStream subscriber) {
			return ticks.concatMap((tick) -> subscriber.reactive().send(tick)).then();
		}

		void offer(ContextStream subscriber, Tick tick) {
			if (subscriber.isWritable()) {
				subscriber.async().send(tick);
			}
			else {
				this.dropped.increment();
			}
		}

		void closeUnlessWritable(ContextStream subscriber, Duration patience) {
			subscriber.async()
				.whenWritable()
				.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
				.exceptionally((late) -> {
					subscriber.close();
					return null;
				});
		}

	}

}
