package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A demand of 0 or less is an error of the subscription, for every publisher that users
 * get.
 */
class BadDemandTests {

	private static final ServiceName SERVICE = new ServiceName("test", "numbers");

	private final AdaptiveNode node = AdaptiveNode.builder()
		.inMemory(new ProcessSpace())
		.drainTimeout(Duration.ofMillis(10))
		.build();

	private Connection connection;

	@BeforeEach
	void publish() {
		this.node.newServer()
			.publish(Service.named(SERVICE)
				.handle(Ask.class, (ask) -> new Number(1))
				.handle(Count.class, (count) -> Flux.range(0, 100).map(Number::new))
				.handle(Never.class, (never, stream) -> null));
		this.connection = this.node.newClient().discoverTimeout(Duration.ofSeconds(20)).discover(SERVICE);
	}

	@AfterEach
	void close() {
		this.node.close();
	}

	private Map<String, Publisher<?>> publishers() {
		MessageStream silent = this.connection.newStream();
		MessageStream counting = this.connection.newStream();
		counting.send(new Count());
		Map<String, Publisher<?>> publishers = new TreeMap<>();
		publishers.put("recvAll of a silent stream", silent.reactive().recvAll(Number.class));
		publishers.put("recv of a silent stream", silent.reactive().recv(Number.class));
		publishers.put("recvAll", counting.reactive().recvAll(Number.class));
		publishers.put("sendRecv that is not answered",
				this.connection.newStream().reactive().sendRecv(new Never(), Number.class));
		publishers.put("sendRecv", this.connection.reactive().sendRecv(new Ask(), Number.class));
		publishers.put("sendRecv that looks for a service",
				this.node.newClient()
					.lazy(new ServiceName("test", "nowhere"))
					.reactive()
					.sendRecv(new Ask(), Number.class));
		publishers.put("changes", this.node.newClient().changes(ServicePattern.ALL));
		publishers.put("changes of nothing", this.node.newClient().changes(new ServicePattern("no", "body")));
		return publishers;
	}

	@TestFactory
	Stream<DynamicTest> aDemandOfNothingOrLessIsAnError() {
		return publishers().keySet()
			.stream()
			.flatMap((name) -> Stream.of(0L, -1L, Long.MIN_VALUE)
				.map((demand) -> DynamicTest.dynamicTest(name + ", " + demand,
						() -> check(publishers().get(name), demand))));
	}

	private static void check(Publisher<?> publisher, long demand) throws InterruptedException {
		Probe probe = new Probe(demand);
		publisher.subscribe(probe);
		Object signal = probe.signals.poll(20, TimeUnit.SECONDS);
		assertThat(signal).isInstanceOf(IllegalArgumentException.class)
			.asString()
			.contains("Reactive Streams 3.9")
			.contains(String.valueOf(demand));
		probe.subscription.request(1);
		probe.subscription.request(demand);
		probe.subscription.cancel();
		List<Object> more = new ArrayList<>();
		probe.signals.drainTo(more);
		assertThat(more).as("after the error").isEmpty();
	}

	record Ask() {
	}

	record Count() {
	}

	record Never() {
	}

	record Number(int value) {
	}

	private static final class Probe implements CoreSubscriber<Object> {

		private final BlockingQueue<Object> signals = new LinkedBlockingQueue<>();

		private final long demand;

		private volatile Subscription subscription;

		Probe(long demand) {
			this.demand = demand;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			subscription.request(this.demand);
		}

		@Override
		public void onNext(Object element) {
			this.signals.add(element);
		}

		@Override
		public void onError(Throwable error) {
			this.signals.add(error);
		}

		@Override
		public void onComplete() {
			this.signals.add("complete");
		}

	}

}
