package io.adaptive.node;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A handler that is declared interruptible is interrupted when no reply can reach its
 * caller any more, and nothing else is.
 */
@Timeout(120)
class InterruptibleHandlerTests {

	private static final ServiceName SERVICE = new ServiceName("test", "patient");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CapturedLog log = new CapturedLog("io.adaptive.internal.dispatch", Level.WARN);

	/** What became of each handler, and whether its caller was gone then. */
	private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();

	private final CountDownLatch running = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.released.countDown();
		this.log.close();
		assertThat(this.log.lines()).isEmpty();
	}

	private Connection connect(Scope scope, WorkerKind kind, HandlerOptions options) {
		boolean tcp = scope == Scope.LAN;
		AdaptiveNode server = this.nodes.node((builder) -> (tcp ? builder.listen(0) : builder).workerKind(kind)
			.scaleFactors(new ScaleFactors(1, 128, -1, 1)), tcp ? Scope.OS : scope);
		server.newServer()
			.publish(Service.named(SERVICE)
				.handle(Wait.class, this::handle)
				.options(Wait.class, options)
				.handle(Probe.class, (probe) -> new Probe(Thread.interrupted(), Thread.currentThread().getName()))
				.options(Probe.class, options));
		return this.nodes.connect(this.nodes.node(tcp ? Scope.OS : scope), scope, SERVICE);
	}

	private Object handle(Wait wait, ContextStream stream) {
		if (wait.answersFirst()) {
			stream.send(wait);
		}
		this.running.countDown();
		try {
			this.released.await();
			this.outcomes.add("released, cancelled=" + stream.isCancelled());
		}
		catch (InterruptedException ex) {
			this.outcomes.add("interrupted, cancelled=" + stream.isCancelled());
		}
		return wait;
	}

	static Stream<Arguments> everyEndInEveryScope() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of(End.values())
				.map((end) -> Arguments.of(scope, end,
						(end.ordinal() % 2 == 0) ? WorkerKind.AUTO : WorkerKind.PLATFORM)));
	}

	@ParameterizedTest
	@MethodSource("everyEndInEveryScope")
	void itIsInterruptedWhenNoReplyCanReachTheCaller(Scope scope, End end, WorkerKind kind) throws Exception {
		Connection connection = connect(scope, kind, HandlerOptions.DEFAULT.asInterruptible());
		MessageStream stream = connection.newStream();
		Runnable leave = end.send(connection, stream);
		assertThat(this.running.await(30, TimeUnit.SECONDS)).isTrue();
		leave.run();
		assertThat(this.outcomes.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted, cancelled=true");
		if (!end.closesConnection) {
			Probe probe = connection.sendRecv(new Probe(false, ""), Probe.class);
			assertThat(probe.interrupted()).isFalse();
		}
		assertThat(this.outcomes).isEmpty();
	}

	static Stream<Arguments> everyEndWithoutTheOption() {
		return Stream.of(Scope.PROCESS, Scope.OS)
			.flatMap((scope) -> Stream
				.of(End.FUTURE_CANCELLED, End.STREAM_OF_ONE_WAY_CLOSED, End.CONNECTION_OF_CALL_CLOSED)
				.map((end) -> Arguments.of(scope, end)));
	}

	@ParameterizedTest
	@MethodSource("everyEndWithoutTheOption")
	void withoutTheOptionItRunsToItsEnd(Scope scope, End end) throws Exception {
		Connection connection = connect(scope, WorkerKind.AUTO, HandlerOptions.DEFAULT);
		Runnable leave = end.send(connection, connection.newStream());
		assertThat(this.running.await(30, TimeUnit.SECONDS)).isTrue();
		leave.run();
		if (!end.closesConnection) {
			// Arrives behind the end; its handler waits for the only worker.
			CompletableFuture<Probe> next = connection.async().sendRecv(new Probe(false, ""), Probe.class);
			this.released.countDown();
			assertThat(next).succeedsWithin(LONG).extracting(Probe::interrupted).isEqualTo(false);
		}
		this.released.countDown();
		assertThat(this.outcomes.poll(30, TimeUnit.SECONDS)).startsWith("released");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMessageWhoseStreamHasEndedBeforeBeginsInterrupted(Scope scope) throws Exception {
		Connection connection = connect(scope, WorkerKind.AUTO, HandlerOptions.DEFAULT.asInterruptible());
		CompletableFuture<Wait> first = connection.async().sendRecv(new Wait(false), Wait.class);
		assertThat(this.running.await(30, TimeUnit.SECONDS)).isTrue();
		MessageStream stream = connection.newStream();
		stream.send(new Wait(false));
		stream.close();
		// Arrives behind the end of the stream.
		CompletableFuture<Probe> last = connection.async().sendRecv(new Probe(false, ""), Probe.class);
		assertThat(first.cancel(true)).isTrue();
		assertThat(last).succeedsWithin(LONG).extracting(Probe::interrupted).isEqualTo(false);
		assertThat(this.outcomes).containsExactly("interrupted, cancelled=true", "interrupted, cancelled=true");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerThatClosesItsOwnStreamIsNotInterrupted(Scope scope) throws Exception {
		boolean tcp = scope == Scope.LAN;
		AdaptiveNode server = this.nodes.node((builder) -> tcp ? builder.listen(0) : builder, tcp ? Scope.OS : scope);
		server.newServer().publish(Service.named(SERVICE).handle(Wait.class, (wait, stream) -> {
			stream.close();
			this.outcomes.add("interrupted=%s, cancelled=%s".formatted(Thread.interrupted(), stream.isCancelled()));
			return null;
		}).options(Wait.class, HandlerOptions.DEFAULT.asInterruptible()));
		Connection connection = this.nodes.connect(this.nodes.node(tcp ? Scope.OS : scope), scope, SERVICE);
		connection.newStream().send(new Wait(false));
		assertThat(this.outcomes.poll(30, TimeUnit.SECONDS)).isEqualTo("interrupted=false, cancelled=true");
	}

	/**
	 * Cancels at about the moment at which the handler ends. The only worker goes on with
	 * the next message at once.
	 */
	@ParameterizedTest
	@EnumSource(names = { "AUTO", "PLATFORM" })
	void theNextMessageOnTheThreadIsNeverInterrupted(WorkerKind kind) {
		Connection connection = connect(Scope.PROCESS, kind, HandlerOptions.DEFAULT.asInterruptible());
		AtomicInteger interrupted = new AtomicInteger();
		for (int i = 0; i < 10_000; i++) {
			CompletableFuture<Probe> first = connection.async().sendRecv(new Probe(true, ""), Probe.class);
			CompletableFuture<Probe> next = connection.async().sendRecv(new Probe(false, ""), Probe.class);
			spin(i % 50);
			first.cancel(true);
			if (next.join().interrupted()) {
				interrupted.incrementAndGet();
			}
		}
		assertThat(interrupted).hasValue(0);
	}

	private static void spin(int turns) {
		for (int i = 0; i < turns * 20; i++) {
			Thread.onSpinWait();
		}
	}

	@Test
	void aNonBlockingHandlerIsNotInterruptible() {
		assertThatIllegalArgumentException().isThrownBy(HandlerOptions.DEFAULT.asNonBlocking()::asInterruptible)
			.withMessageContaining("event loop");
		assertThatIllegalArgumentException().isThrownBy(HandlerOptions.DEFAULT.asInterruptible()::asNonBlocking);
	}

	/**
	 * The ways in which a caller goes.
	 */
	enum End {

		FUTURE_CANCELLED(false) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				CompletableFuture<Wait> call = stream.async().sendRecv(new Wait(false), Wait.class);
				return () -> assertThat(call.cancel(true)).isTrue();
			}

		},

		SUBSCRIPTION_CANCELLED(false) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				return stream.reactive().sendRecv(new Wait(false), Wait.class).subscribe()::dispose;
			}

		},

		TIMED_OUT(false) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				CompletableFuture<Wait> call = stream.async()
					.sendRecv(new Wait(false), Wait.class, CallSettings.DEFAULT.timeout(Duration.ofSeconds(1)));
				return () -> assertThat(call).failsWithin(LONG);
			}

		},

		STREAM_OF_CALL_CLOSED(false) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				stream.async().sendRecv(new Wait(false), Wait.class);
				return stream::close;
			}

		},

		STREAM_OF_ANSWERED_CALL_CLOSED(false) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				stream.sendRecv(new Wait(true), Wait.class);
				return stream::close;
			}

		},

		STREAM_OF_ONE_WAY_CLOSED(false) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				stream.send(new Wait(false));
				return stream::close;
			}

		},

		CONNECTION_OF_CALL_CLOSED(true) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				connection.async().sendRecv(new Wait(false), Wait.class);
				return connection::close;
			}

		},

		CONNECTION_OF_ONE_WAY_CLOSED(true) {

			@Override
			Runnable send(Connection connection, MessageStream stream) {
				connection.send(new Wait(false));
				return connection::close;
			}

		};

		private final boolean closesConnection;

		End(boolean closesConnection) {
			this.closesConnection = closesConnection;
		}

		/**
		 * Sends the message.
		 * @return ends the wait for its answer
		 */
		abstract Runnable send(Connection connection, MessageStream stream);

	}

	record Wait(boolean answersFirst) {
	}

	record Probe(boolean interrupted, String thread) {
	}

}
