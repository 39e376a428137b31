package io.adaptive.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Receives are given up at the moment when a message arrives. Each message is received
 * once.
 */
class CancelledReceiveRaceTests {

	private static final ServiceName SERVICE = new ServiceName("test", "numbers");

	private static final int NUMBERS = 300;

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final BlockingQueue<ContextStream> subscribers = new LinkedBlockingQueue<>();

	static Stream<Arguments> table() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Arrays.stream(Race.values()).map((race) -> Arguments.of(scope, race)));
	}

	private Connection connect(Scope scope) {
		AdaptiveNode server = this.nodes.node(scope);
		server.newServer().publish(Service.named(SERVICE).handle(Subscribe.class, (subscribe, stream) -> {
			this.subscribers.add(stream);
			return new Number(0);
		}));
		return this.nodes.connect(this.nodes.node(scope), scope, SERVICE);
	}

	private ContextStream subscribe(MessageStream stream) throws InterruptedException {
		assertThat(stream.sendRecv(new Subscribe(), Number.class)).isEqualTo(new Number(0));
		ContextStream publisher = this.subscribers.poll(20, TimeUnit.SECONDS);
		assertThat(publisher).isNotNull();
		return publisher;
	}

	/**
	 * Publishes with pauses, so that some messages arrive before they are asked for and
	 * some after.
	 */
	private static CompletableFuture<Void> publish(ContextStream publisher) {
		return CompletableFuture.runAsync(() -> {
			for (int i = 1; i <= NUMBERS; i++) {
				publisher.send(new Number(i));
				spin((i % 8 == 0) ? 400 : 0);
			}
		}, (work) -> new Thread(work, "publisher").start());
	}

	private static void spin(int turns) {
		for (int i = 0; i < turns; i++) {
			Thread.onSpinWait();
		}
	}

	private static List<Integer> all() {
		return IntStream.rangeClosed(1, NUMBERS).boxed().toList();
	}

	@ParameterizedTest
	@MethodSource("table")
	void eachMessageIsReceivedOnceWhileReceivesAreGivenUp(Scope scope, Race race) throws Exception {
		MessageStream stream = connect(scope).newStream();
		assertThat(received(stream, race)).isEqualTo(all());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void eachMessageOfALazyConnectionIsReceivedOnceWhileReceivesAreCancelled(Scope scope) throws Exception {
		connect(scope);
		AdaptiveClient client = this.nodes.node(scope).newClient();
		assertThat(received(client.lazy(SERVICE), Race.CANCEL)).isEqualTo(all());
	}

	private List<Integer> received(MessageStream stream, Race race) throws Exception {
		CompletableFuture<Void> published = publish(subscribe(stream));
		Queue<Integer> received = new ConcurrentLinkedQueue<>();
		long end = System.nanoTime() + LONG.toNanos();
		for (int round = 0; received.size() < NUMBERS && System.nanoTime() < end; round++) {
			race.round(stream, round, received);
		}
		published.get(30, TimeUnit.SECONDS);
		// A signal that is under way when a subscription is cancelled may be overtaken.
		return race.isSubscription() ? received.stream().sorted().toList() : List.copyOf(received);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aSubscriptionTakesNoMoreMessagesThanItRequests(Scope scope) throws Exception {
		MessageStream stream = connect(scope).newStream();
		ContextStream publisher = subscribe(stream);
		BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
		BaseSubscriber<Number> two = new Demanding(received, 2);
		stream.reactive().recvAll(Number.class).subscribe(two);
		IntStream.rangeClosed(1, 5).forEach((i) -> publisher.send(new Number(i)));
		assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(stream.recv(Number.class)).isEqualTo(new Number(3));
		two.cancel();
		assertThat(stream.reactive().recvAll(Number.class).take(1).collectList().block(LONG))
			.containsExactly(new Number(4));
		assertThat(stream.recv(Number.class)).isEqualTo(new Number(5));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anExchangeOfAHandlerThatIsGivenUpTakesNoMessage(Scope scope) throws Exception {
		MessageStream stream = connect(scope).newStream();
		ContextStream publisher = subscribe(stream);
		CompletableFuture<Number> givenUp = publisher.async().sendRecv(new Number(1), Number.class);
		assertThat(stream.recv(Number.class)).isEqualTo(new Number(1));
		assertThat(givenUp.cancel(false)).isTrue();
		CompletableFuture<Number> next = publisher.async().recv(Number.class);
		stream.send(new Number(2));
		assertThat(next.get(50, TimeUnit.SECONDS)).isEqualTo(new Number(2));
	}

	/**
	 * A way to receive in which each round may be given up at any moment.
	 */
	enum Race {

		CANCEL {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				CompletableFuture<Number> future = stream.async().recv(Number.class);
				spin(pause(round));
				if (!future.cancel(true)) {
					received.add(future.join().number());
				}
			}
		},

		COMPLETE {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				CompletableFuture<Number> future = stream.async().recv(Number.class);
				spin(pause(round));
				if (!future.complete(new Number(-1))) {
					received.add(future.join().number());
				}
			}
		},

		OR_TIMEOUT {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				CompletableFuture<Number> future = stream.async()
					.recv(Number.class)
					.orTimeout(pause(round), TimeUnit.MICROSECONDS);
				try {
					received.add(future.join().number());
				}
				catch (CompletionException ex) {
					assertThat(ex.getCause()).isInstanceOf(TimeoutException.class);
				}
			}
		},

		RECEIVE_TIMEOUT {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				stream.setReceiveTimeout(Duration.ofNanos(1 + pause(round) * 500L));
				try {
					received.add(stream.recv(Number.class).number());
				}
				catch (AdaptiveException ex) {
					assertThat(ex).isInstanceOf(ReceiveTimeoutException.class);
				}
			}
		},

		RECEIVE_TIMEOUT_OF_FUTURE {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				stream.setReceiveTimeout(Duration.ofNanos(1 + pause(round) * 500L));
				try {
					received.add(stream.async().recv(Number.class).join().number());
				}
				catch (CompletionException ex) {
					assertThat(ex.getCause()).isInstanceOf(ReceiveTimeoutException.class);
				}
			}
		},

		INTERRUPT {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				Thread receiving = Thread.currentThread();
				CompletableFuture<Void> interrupted = CompletableFuture.runAsync(() -> {
					spin(pause(round));
					receiving.interrupt();
				});
				try {
					received.add(stream.recv(Number.class).number());
				}
				catch (AdaptiveException ex) {
					assertThat(ex.code()).isEqualTo(ErrorCode.CANCELLED);
				}
				while (!interrupted.isDone()) {
					Thread.onSpinWait();
				}
				Thread.interrupted();
			}
		},

		DISPOSE {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				BaseSubscriber<Number> one = new Demanding(received, 1);
				stream.reactive().recv(Number.class).subscribe(one);
				spin(pause(round));
				one.dispose();
			}

			@Override
			boolean isSubscription() {
				return true;
			}
		},

		DISPOSE_OF_MANY {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				BaseSubscriber<Number> many = new Demanding(received, 1 + round % 5);
				stream.reactive().recvAll(Number.class).subscribe(many);
				spin(pause(round));
				many.dispose();
			}

			@Override
			boolean isSubscription() {
				return true;
			}
		},

		TAKE {
			@Override
			void round(MessageStream stream, int round, Queue<Integer> received) {
				int left = NUMBERS - received.size();
				List<Number> some = stream.reactive()
					.recvAll(Number.class)
					.take(Math.min(left, 1 + round % 5))
					.collectList()
					.block(LONG);
				some.forEach((number) -> received.add(number.number()));
			}
		};

		abstract void round(MessageStream stream, int round, Queue<Integer> received);

		boolean isSubscription() {
			return false;
		}

		private static int pause(int round) {
			return (round % 16 == 0) ? 4_000 : (round * 37) % 600;
		}

	}

	/**
	 * Requests an exact number.
	 */
	private static final class Demanding extends BaseSubscriber<Number> {

		private final Queue<Integer> received;

		private final long demand;

		Demanding(Queue<Integer> received, long demand) {
			this.received = received;
			this.demand = demand;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(this.demand);
		}

		@Override
		protected void hookOnNext(Number number) {
			this.received.add(number.number());
		}

	}

	record Subscribe() {
	}

	record Number(int number) {
	}

}
