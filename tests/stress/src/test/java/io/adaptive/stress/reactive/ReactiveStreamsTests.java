package io.adaptive.stress.reactive;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Flux;

/**
 * The Technology Compatibility Kit of Reactive Streams for all publishers that users get
 * and for the subscriber of what handlers return.
 */
class ReactiveStreamsTests {

	private static final ServiceName SERVICE = new ServiceName("test", "numbers");

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final long MANY = 1000;

	private final BlockingQueue<Subscriber<Object>> subscribers = new LinkedBlockingQueue<>();

	private AdaptiveNode node;

	private Connection connection;

	@BeforeEach
	void start() {
		this.node = AdaptiveNode.builder().inMemory(new ProcessSpace()).drainTimeout(Duration.ofMillis(10)).build();
		this.node.newServer()
			.publish(Service.named(SERVICE)
				.handle(CountTo.class, (to) -> Flux.range(1, to.count()).map(Number::new))
				.handle(Ask.class, (ask) -> new Number(1))
				.handle(Fail.class, (fail) -> {
					throw new IllegalStateException("failed");
				})
				.handle(Capture.class, (capture) -> (Publisher<Object>) this.subscribers::add)
				.handle(Push.class, (push, stream) -> {
					stream.send(new Number(1));
					return null;
				}));
		this.connection = this.node.newClient().discoverTimeout(LONG).discover(SERVICE);
	}

	@AfterEach
	void stop() {
		this.node.close();
	}

	/**
	 * A receive takes nothing without a demand, so that its error, too, needs one: there
	 * is no publisher that fails at once.
	 */
	@TestFactory
	Stream<DynamicTest> receivingAllMessages() {
		return TckRules.of(() -> new PublisherRules(MANY, this::numbers, null));
	}

	private Publisher<?> numbers(long count) {
		MessageStream stream = this.connection.newStream();
		stream.send(new CountTo((int) count));
		return stream.reactive().recvAll(Number.class);
	}

	private MessageStream failed() {
		MessageStream stream = this.connection.newStream();
		stream.close();
		return stream;
	}

	@TestFactory
	Stream<DynamicTest> receivingOneMessage() {
		return TckRules.of(() -> new PublisherRules(1, this::message, null));
	}

	private Publisher<?> message(long count) {
		MessageStream stream = this.connection.newStream();
		stream.send(new Push());
		return stream.reactive().recv(Number.class);
	}

	@TestFactory
	Stream<DynamicTest> calls() {
		return TckRules.of(() -> new PublisherRules(1,
				(count) -> (count == 0) ? this.connection.reactive().sendRecv(new Ask(), Void.class)
						: this.connection.reactive().sendRecv(new Ask(), Number.class),
				this.connection.reactive().sendRecv(new Fail(), Number.class)));
	}

	@TestFactory
	Stream<DynamicTest> callsOfAConnectionThatDiscovers() {
		Connection lazy = this.node.newClient().lazy(SERVICE);
		return TckRules.of(() -> new PublisherRules(1, (count) -> lazy.reactive().sendRecv(new Ask(), Number.class),
				lazy.reactive().sendRecv(new Fail(), Number.class)));
	}

	@TestFactory
	Stream<DynamicTest> oneWayMessages() {
		return TckRules.of(() -> new PublisherRules(0, (count) -> this.connection.reactive().send(new Ask()),
				failed().reactive().send(new Ask())));
	}

	@TestFactory
	Stream<DynamicTest> waitingUntilAStreamIsWritable() {
		return TckRules.of(() -> new PublisherRules(0, (count) -> this.connection.reactive().whenWritable(),
				failed().reactive().whenWritable()));
	}

	/**
	 * A watch never completes by itself.
	 */
	@TestFactory
	Stream<DynamicTest> changesOfServices() {
		for (int i = 0; i < 30; i++) {
			this.node.newServer().publish(Service.named(new ServiceName("watched", "s" + i)));
		}
		ServicePattern watched = new ServicePattern("watched", "*");
		return TckRules
			.of(() -> new PublisherRules(30, (count) -> this.node.newClient().changes(watched).take(count), null));
	}

	@TestFactory
	Stream<DynamicTest> repliesOfAHandler() {
		return TckRules.of(() -> new SubscriberRules(this::subscriber));
	}

	private Subscriber<Object> subscriber() {
		MessageStream stream = this.connection.newStream();
		stream.send(new Capture());
		stream.reactive().recvAll(Number.class).subscribe((number) -> {
		}, (error) -> {
		});
		try {
			return Objects.requireNonNull(this.subscribers.poll(20, TimeUnit.SECONDS));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record CountTo(int count) {
	}

	record Ask() {
	}

	record Push() {
	}

	record Fail() {
	}

	record Capture() {
	}

	record Number(int value) {
	}

}
