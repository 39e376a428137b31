package io.adaptive.node;

import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The deadline of a call whose message or reply takes longer to encode or to decode: its
 * constructor or its accessor waits.
 */
@Timeout(120)
class SlowCodecTests {

	private static final ServiceName SERVICE = new ServiceName("test", "slow");

	private static final CallSettings SOON = CallSettings.DEFAULT.timeout(Duration.ofMillis(100));

	/** At least ten times the deadline. */
	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** What slow values wait for. */
	private static volatile CountDownLatch gate = new CountDownLatch(1);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final AtomicInteger handled = new AtomicInteger();

	@BeforeEach
	void close() {
		gate = new CountDownLatch(1);
	}

	@AfterEach
	void open() {
		gate.countDown();
	}

	private static void await() {
		try {
			gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static Stream<Arguments> calls() {
		return Stream.of("fory", "json", "cbor")
			.flatMap((codec) -> Stream.of(Scope.OS, Scope.LAN)
				.flatMap((scope) -> Form.all().map((form) -> Arguments.of(codec, scope, form))));
	}

	static Stream<Arguments> callsOverOs() {
		return calls().filter((call) -> call.get()[1] == Scope.OS);
	}

	private Connection connection(String codec, Scope scope) {
		boolean tcp = scope == Scope.LAN;
		AdaptiveNode server = this.nodes.node((builder) -> tcp ? builder.codec(codec).listen(0) : builder.codec(codec),
				Scope.OS);
		Service service = Service.named(SERVICE).handle(Slow.class, (ReplyHandler<Slow>) (message) -> {
			this.handled.incrementAndGet();
			return new Fine(1);
		})
			.handle(Fine.class, (ReplyHandler<Fine>) (message) -> message)
			.handle(Want.class, (ReplyHandler<Want>) (message) -> new Slow(message.text()))
			.handle(Reluctant.class, (ReplyHandler<Reluctant>) (message) -> {
				this.handled.incrementAndGet();
				return new Fine(2);
			});
		server.newServer().publish(service);
		return this.nodes.connect(this.nodes.node((builder) -> builder.codec(codec), Scope.OS), scope, SERVICE);
	}

	private static AdaptiveException failure(Form form, Connection connection, Object message, Class<?> reply) {
		long start = System.nanoTime();
		Throwable thrown = catchThrowable(() -> form.call.apply(connection, new Call(message, reply)));
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		System.out.printf("%s slow for longer than a deadline of 100 ms, %s: %d ms%n",
				message.getClass().getSimpleName(), form.name, took.toMillis());
		assertThat(took).isLessThan(LIMIT);
		Throwable cause = (thrown instanceof CompletionException) ? thrown.getCause() : thrown;
		assertThat(cause).isInstanceOf(AdaptiveException.class);
		return (AdaptiveException) cause;
	}

	@ParameterizedTest
	@MethodSource("calls")
	void aReceiverThatDecodesForeverHoldsNoCaller(String codec, Scope scope, Form form) {
		Connection connection = connection(codec, scope);
		AdaptiveException failure = failure(form, connection, new Slow("slow"), Fine.class);
		assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
		assertThat(connection.sendRecv(new Fine(5), Fine.class)).isEqualTo(new Fine(5));
		assertThat(this.handled).hasValue(0);
	}

	@ParameterizedTest
	@MethodSource("callsOverOs")
	void aReplyThatIsDecodedForeverHoldsNoCaller(String codec, Scope scope, Form form) {
		Connection connection = connection(codec, scope);
		// Not the first message of its codec, whose code may be made before it is sent.
		connection.sendRecv(new Want("first"), Void.class);
		AdaptiveException failure = failure(form, connection, new Want("slow"), Slow.class);
		assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
		assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
		assertThat(connection.sendRecv(new Fine(5), Fine.class)).isEqualTo(new Fine(5));
		assertThat(connection.sendRecv(new Fine(6), Fine.class, SOON.timeout(LIMIT))).isEqualTo(new Fine(6));
	}

	@Test
	void decodingsThatTheirCallersHaveLeftAreBounded() throws Exception {
		Connection connection = connection("fory", Scope.OS);
		connection.sendRecv(new Want("first"), Void.class);
		int left = 0;
		CompletableFuture<Slow> waits = null;
		for (int call = 0; waits == null && call < 100; call++) {
			CompletableFuture<Slow> next = CompletableFuture
				.supplyAsync(() -> connection.sendRecv(new Want("slow"), Slow.class, SOON));
			Throwable failure = catchThrowable(() -> next.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS));
			if (failure instanceof TimeoutException) {
				waits = next;
			}
			else if (failure.getMessage().contains("was not decoded")) {
				left++;
			}
		}
		assertThat(left).isEqualTo(16);
		gate.countDown();
		assertThat(waits).succeedsWithin(LIMIT).isEqualTo(new Slow("slow"));
		connection.sendRecv(new Want("slow"), Slow.class, SOON.timeout(LIMIT));
	}

	@ParameterizedTest
	@MethodSource("callsOverOs")
	void aMessageThatIsEncodedTooSlowlyIsNotSent(String codec, Scope scope, Form form) {
		Connection connection = connection(codec, scope);
		// Not the first message of its codec, whose code may be made before it is sent.
		assertThat(connection.sendRecv(new Fine(4), Fine.class)).isEqualTo(new Fine(4));
		AdaptiveException failure = failure(form, connection, new Reluctant(new SlowList()), Fine.class);
		assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
		assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
		assertThat(connection.sendRecv(new Fine(5), Fine.class)).isEqualTo(new Fine(5));
		assertThat(this.handled).hasValue(0);
	}

	/**
	 * A message and the type of its reply.
	 */
	private record Call(Object message, Class<?> reply) {
	}

	/**
	 * A way to call.
	 */
	private record Form(String name, BiFunction<Connection, Call, Object> call) {

		static Stream<Form> all() {
			return Stream
				.of(new Form("blocking", (connection, call) -> connection.sendRecv(call.message(), call.reply(), SOON)),
						new Form("asynchronous", (connection,
								call) -> connection.async().sendRecv(call.message(), call.reply(), SOON).join()),
						new Form("reactive", (connection,
								call) -> connection.reactive().sendRecv(call.message(), call.reply(), SOON).block()));
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	record Slow(String text) {

		Slow {
			if (isDecoded()) {
				await();
			}
		}

	}

	/**
	 * Tells whether a codec makes the value, rather than the test.
	 */
	private static boolean isDecoded() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().contains("internal.wire.")));
	}

	record Fine(int value) {
	}

	/** Asks for a slow reply. */
	record Want(String text) {
	}

	record Reluctant(List<Integer> values) {
	}

	/**
	 * A list whose only element takes longer than the deadline.
	 */
	private static final class SlowList extends AbstractList<Integer> {

		@Override
		public Integer get(int index) {
			try {
				assertThat(gate.await(2 * SOON.timeout().toMillis(), TimeUnit.MILLISECONDS)).isFalse();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return index;
		}

		@Override
		public int size() {
			return 1;
		}

	}

}
