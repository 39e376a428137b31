package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.StreamContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A service closes a connection for a reason of its own, from any of its callbacks: both
 * ends are told code, text and the end that closed.
 */
@Timeout(120)
class ClosedByServiceTests {

	private static final ServiceName SERVICE = new ServiceName("test", "strict");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CompletableFuture<ErrorInfo> disconnected = new CompletableFuture<>();

	private final CountDownLatch waiting = new CountDownLatch(2);

	private final CountDownLatch released = new CountDownLatch(1);

	private final AtomicInteger handled = new AtomicInteger();

	private AdaptiveNode server;

	private AdaptiveNode client;

	private void publish(Scope scope, Place place) {
		this.server = this.nodes.node((builder) -> (scope == Scope.LAN) ? builder.listen(0) : builder,
				nodeScope(scope));
		this.server.newServer().publish(place.addTo(Service.named(SERVICE).handle(Wait.class, (wait) -> {
			this.waiting.countDown();
			this.released.await();
			return wait;
		}).handle(Count.class, (count) -> {
			this.handled.incrementAndGet();
			return count;
		}).onDisconnect((connection, cause) -> this.disconnected.complete(cause))));
		this.client = this.nodes.node(nodeScope(scope));
	}

	private static Scope nodeScope(Scope scope) {
		return (scope == Scope.LAN) ? Scope.OS : scope;
	}

	private void assertReason(ErrorInfo reason) {
		assertThat(reason.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
		assertThat(reason.message()).isEqualTo("the trial is over");
		assertThat(reason.origin()).startsWith("test/strict@").isEqualTo(origin());
	}

	private String origin() {
		return SERVICE + "@" + this.server.instance();
	}

	static Stream<Arguments> everyPlaceAndScope() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream.of(Place.values()).map((place) -> Arguments.of(scope, place)));
	}

	@ParameterizedTest
	@MethodSource("everyPlaceAndScope")
	void bothEndsAndEveryPendingCallAreToldWhy(Scope scope, Place place) throws Exception {
		publish(scope, place);
		Connection connection = this.nodes.connect(this.client, scope, SERVICE);
		CompletableFuture<Wait> call = connection.async().sendRecv(new Wait(1), Wait.class);
		CompletableFuture<Wait> other = connection.newStream().async().sendRecv(new Wait(2), Wait.class);
		CompletableFuture<Wait> received = connection.newStream().async().recv(Wait.class);
		assertThat(this.waiting.await(30, TimeUnit.SECONDS)).isTrue();
		place.close(connection);
		for (CompletableFuture<Wait> pending : List.of(call, other, received)) {
			assertThat(pending).failsWithin(LONG)
				.withThrowableThat()
				.havingRootCause()
				.isInstanceOfSatisfying(ConnectionLostException.class, (ex) -> {
					assertReason(ex.reason());
					assertThat(ex.delivery()).isEqualTo(Delivery.UNKNOWN);
					assertThat(ex).hasMessageContaining("FAILED_PRECONDITION: the trial is over");
				});
		}
		assertThat(this.disconnected).succeedsWithin(LONG).satisfies(this::assertReason);
		assertThat(catchThrowable(() -> connection.sendRecv(new Count(1), Count.class)))
			.isInstanceOfSatisfying(ConnectionLostException.class, (ex) -> assertReason(ex.reason()));
		this.released.countDown();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theListenerOfTheClientIsToldWhy(Scope scope) throws Exception {
		publish(scope, Place.HANDLER);
		List<ErrorInfo> lost = new CopyOnWriteArrayList<>();
		CountDownLatch told = new CountDownLatch(1);
		Connection connection = this.client.newClient().lazy(SERVICE, new ConnectionListener() {

			@Override
			public void lost(ConnectionInfo info, ErrorInfo cause) {
				lost.add(cause);
				told.countDown();
			}

		});
		connection.send(new Close(1));
		assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(lost).singleElement().satisfies(this::assertReason);
		// The next call leads to a new connection.
		assertThat(connection.sendRecv(new Count(1), Count.class)).isEqualTo(new Count(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aStreamWhoseOpeningHookClosesGetsNoHandler(Scope scope) {
		publish(scope, Place.STREAM_OPEN_HOOK);
		Connection connection = this.nodes.connect(this.client, scope, SERVICE);
		assertThat(connection.sendRecv(new Count(1), Count.class)).isEqualTo(new Count(1));
		Throwable failure = catchThrowable(() -> {
			connection.newStream();
			connection.newStream();
			MessageStream stream = connection.newStream();
			stream.send(new Count(2));
			stream.sendRecv(new Count(3), Count.class);
		});
		assertThat(failure).isInstanceOf(AdaptiveException.class);
		assertThat(this.disconnected).succeedsWithin(LONG).satisfies(this::assertReason);
		assertThat(this.handled).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theReasonIsOneLineOfAThousandCharacters(Scope scope) {
		CompletableFuture<Throwable> refused = new CompletableFuture<>();
		this.server = this.nodes.node((builder) -> (scope == Scope.LAN) ? builder.listen(0) : builder,
				nodeScope(scope));
		this.server.newServer().publish(Service.named(SERVICE).handleInContext(Close.class, (close, context) -> {
			refused.complete(catchThrowable(() -> context.closeConnection(ErrorCode.OK, "fine")));
			context.closeConnection(ErrorCode.ABORTED, "a\r\nforged line" + "x".repeat(100_000));
			return close;
		}));
		Connection connection = this.nodes.connect(this.nodes.node(nodeScope(scope)), scope, SERVICE);
		assertThat(catchThrowable(() -> connection.sendRecv(new Close(1), Close.class)))
			.isInstanceOfSatisfying(ConnectionLostException.class, (ex) -> {
				assertThat(ex.reason().code()).isEqualTo(ErrorCode.ABORTED);
				assertThat(ex.reason().message()).startsWith("a??forged linexx").endsWith("x...").hasSize(1_003);
			});
		assertThatIllegalArgumentException().isThrownBy(() -> {
			throw refused.join();
		});
	}

	/**
	 * Where a service closes a connection.
	 */
	enum Place {

		HANDLER {

			@Override
			Service addTo(Service service) {
				return service.handle(Close.class, (close, stream) -> {
					close(stream.context());
					return close;
				});
			}

		},

		HANDLER_IN_CONTEXT {

			@Override
			Service addTo(Service service) {
				return service.handleInContext(Close.class, (close, context) -> {
					close(context);
					return close;
				});
			}

		},

		STREAM_OPEN_HOOK {

			/** The connection and two more streams are open before. */
			@Override
			Service addTo(Service service) {
				return service.handle(Close.class, (close) -> close).onStreamOpen((context) -> {
					if (context.streamId() == 7) {
						close(context);
					}
				});
			}

			/** The connection may be closed before the stream is returned. */
			@Override
			void close(Connection connection) {
				Throwable atOnce = catchThrowable(connection::newStream);
				assertThat(atOnce).satisfiesAnyOf((none) -> assertThat(none).isNull(),
						(lost) -> assertThat(lost).isInstanceOf(ConnectionLostException.class));
			}

		},

		STREAM_CLOSE_HOOK {

			@Override
			Service addTo(Service service) {
				return service.handle(Close.class, (close) -> close).onStreamClose(Place::close);
			}

			@Override
			void close(Connection connection) {
				connection.newStream().close();
			}

		},

		ANOTHER_THREAD {

			@Override
			Service addTo(Service service) {
				return service.handleInContext(Close.class, (close, context) -> {
					new Thread(() -> close(context)).start();
					return close;
				});
			}

		};

		abstract Service addTo(Service service);

		void close(Connection connection) {
			connection.send(new Close(1));
		}

		static void close(StreamContext context) {
			context.closeConnection(ErrorCode.FAILED_PRECONDITION, "the trial is over");
		}

	}

	record Close(int number) {
	}

	record Wait(int number) {
	}

	record Count(int number) {
	}

}
