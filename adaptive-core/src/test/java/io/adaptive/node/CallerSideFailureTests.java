package io.adaptive.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.TraceContext;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * User code that runs for a caller may throw anything: the call ends, in the way of its
 * form, and the next one is answered.
 */
@Timeout(120)
class CallerSideFailureTests {

	private static final ServiceName SERVICE = new ServiceName("test", "sound");

	private static final Duration LONG = Duration.ofSeconds(30);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final AtomicBoolean failing = new AtomicBoolean();

	private final AtomicInteger reached = new AtomicInteger();

	static Stream<Arguments> placesAndErrors() {
		return Arrays.stream(Place.values())
			.flatMap((place) -> Arrays.stream(Thrown.values()).map((thrown) -> Arguments.of(place, thrown)));
	}

	@ParameterizedTest
	@MethodSource("placesAndErrors")
	void theCallEndsInTheWayOfItsForm(Place place, Thrown thrown) {
		Runnable user = () -> {
			if (this.failing.get()) {
				this.reached.incrementAndGet();
				throw thrown.unchecked();
			}
		};
		AdaptiveNode node = this.nodes.node((builder) -> place.configure(builder, user), Scope.PROCESS);
		node.queueListener((priority, nanos) -> place.run(Place.QUEUE, user));
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask) -> ask));
		Connection connection = node.newClient().lazy(SERVICE, place.listener(user));
		this.failing.set(true);
		assertEnds(blocking(() -> connection.sendRecv(new Ask(1), Ask.class)));
		// Whatever fails, it is the future that does.
		assertEnds(connection.async().sendRecv(new Ask(2), Ask.class));
		assertEnds(connection.async().send(new Ask(3)));
		assertEnds(connection.reactive().sendRecv(new Ask(4), Ask.class).toFuture());
		// The blocking call ends its thread.
		Awaitility.await().dontCatchUncaughtExceptions().atMost(LONG).until(() -> this.reached.get() > 0);
		this.failing.set(false);
		assertThat(connection.sendRecv(new Ask(5), Ask.class)).isEqualTo(new Ask(5));
		assertThat(connection.async().sendRecv(new Ask(6), Ask.class)).succeedsWithin(LONG).isEqualTo(new Ask(6));
	}

	/**
	 * Completes when the call has returned or thrown, which the futures of the JDK do not
	 * for every exception.
	 */
	private static CompletableFuture<Boolean> blocking(Runnable call) {
		CompletableFuture<Boolean> ended = new CompletableFuture<>();
		new Thread(() -> {
			try {
				call.run();
			}
			finally {
				ended.complete(true);
			}
		}).start();
		return ended;
	}

	/**
	 * A failure is an end.
	 */
	private static void assertEnds(CompletableFuture<?> call) {
		assertThat(call.handle((answer, error) -> true)).succeedsWithin(LONG);
	}

	/**
	 * Where user code is called.
	 */
	enum Place {

		CAPTURE, CONNECTED, QUEUE, SENDING_CONTEXT, SENDING_ENDED;

		AdaptiveNodeBuilder configure(AdaptiveNodeBuilder builder, Runnable user) {
			builder.callerContext(() -> {
				run(CAPTURE, user);
				return null;
			});
			return (this == SENDING_CONTEXT || this == SENDING_ENDED) ? builder.messageObserver(observer(user))
					: builder;
		}

		void run(Place reached, Runnable user) {
			if (this == reached) {
				user.run();
			}
		}

		ConnectionListener listener(Runnable user) {
			return new ConnectionListener() {

				@Override
				public void connected(ConnectionInfo connection) {
					run(CONNECTED, user);
				}

			};
		}

		private MessageObserver observer(Runnable user) {
			return new MessageObserver() {

				@Override
				public Sending sending(ObservedMessage message, @Nullable Handling within) {
					return new Sending() {

						@Override
						public @Nullable TraceContext context() {
							run(SENDING_CONTEXT, user);
							return null;
						}

						@Override
						public void ended(@Nullable Throwable error) {
							run(SENDING_ENDED, user);
						}

					};
				}

			};
		}

	}

	record Ask(int number) {
	}

}
