package io.adaptive.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.adaptive.client.ConnectionListener;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hooks, observers, listeners and what users hang on futures may wait for a call of their
 * node, though it has a single worker and a handler keeps that.
 */
@Timeout(120)
class WaitingCallbacksTests {

	private static final ServiceName MIDDLE = new ServiceName("test", "middle");

	private static final ServiceName LAST = new ServiceName("test", "last");

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(Duration.ofSeconds(60));

	private static final Runnable NOTHING = () -> {
	};

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch holding = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	/** What each of them runs the next time, and only then. */
	private final AtomicReference<Runnable> hook = new AtomicReference<>(NOTHING);

	private final AtomicReference<Runnable> handlingBegins = new AtomicReference<>(NOTHING);

	private final AtomicReference<Runnable> handlingEnds = new AtomicReference<>(NOTHING);

	private final AtomicReference<Runnable> sendingEnds = new AtomicReference<>(NOTHING);

	private Scope scope;

	private AdaptiveNode middleNode;

	private AdaptiveNode lastNode;

	private Connection middle;

	private Connection last;

	static Stream<Arguments> callbacks() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Arrays.stream(Callback.values())
				// Nodes with LAN scope only listen here, and are not discovered.
				.filter((callback) -> scope != Scope.LAN || !callback.discovers)
				.map((callback) -> Arguments.of(scope, callback)));
	}

	@ParameterizedTest
	@MethodSource("callbacks")
	void callbacksGetWhatTheyWaitFor(Scope scope, Callback callback) throws Exception {
		start(scope);
		CompletableFuture<?> held = CompletableFuture.completedFuture(null);
		if (!callback.needsTheWorker) {
			held = this.middle.newStream().async().sendRecv(new Hold(), Text.class, PATIENT);
			assertThat(this.holding.await(60, TimeUnit.SECONDS)).isTrue();
		}
		CompletableFuture<Text> got = new CompletableFuture<>();
		callback.trigger(this, () -> {
			try {
				got.complete(this.last.async().sendRecv(new Question(), Text.class, PATIENT).get());
			}
			catch (Exception ex) {
				got.completeExceptionally(ex);
			}
		});
		assertThat(got.get(60, TimeUnit.SECONDS)).isEqualTo(new Text("answer"));
		this.release.countDown();
		held.get(60, TimeUnit.SECONDS);
		assertThat(this.middle.sendRecv(new Ping(), Text.class, PATIENT)).isEqualTo(new Text("pong"));
	}

	private void start(Scope scope) {
		this.scope = scope;
		this.lastNode = this.nodes.node(scope);
		this.lastNode.newServer().publish(Service.named(LAST).handle(Question.class, (question) -> new Text("answer")));
		this.middleNode = this.nodes.node((builder) -> builder.scaleFactors(ScaleFactors.DEFAULT.withMaxWorkers(1))
			.messageObserver(new WaitingObserver()), scope);
		this.last = connect(this.middleNode, this.lastNode, LAST);
		this.middleNode.newServer()
			.publish(Service.named(MIDDLE)
				.onStreamOpen((stream) -> run(this.hook))
				.handle(Ping.class, (ping) -> new Text("pong"))
				.handle(Hold.class, (hold) -> {
					this.holding.countDown();
					this.release.await();
					return new Text("held");
				}));
		this.middle = connect(this.nodes.node(scope), this.middleNode, MIDDLE);
	}

	private Connection connect(AdaptiveNode from, AdaptiveNode to, ServiceName service) {
		return (this.scope == Scope.LAN) ? from.newClient().connect(to.tcpEndpoint().orElseThrow(), service)
				: from.newClient().discoverTimeout(Duration.ofSeconds(20)).discover(service);
	}

	private CompletableFuture<Text> ask() {
		return this.last.async().sendRecv(new Question(), Text.class, PATIENT);
	}

	private static void run(AtomicReference<Runnable> once) {
		once.getAndSet(NOTHING).run();
	}

	/**
	 * What the framework calls, and may wait.
	 */
	enum Callback {

		HOOK(true, false) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				test.hook.set(wait);
				test.middle.newStream();
			}
		},

		OBSERVER_OF_HANDLING(true, false) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				test.handlingBegins.set(wait);
				var unused = test.middle.async().sendRecv(new Ping(), Text.class, PATIENT);
			}
		},

		OBSERVER_OF_HANDLED(true, false) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				test.handlingEnds.set(wait);
				var unused = test.middle.async().sendRecv(new Ping(), Text.class, PATIENT);
			}
		},

		OBSERVER_OF_SENT(false, false) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				test.sendingEnds.set(wait);
				var unused = test.ask();
			}
		},

		CONNECTED(false, true) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				var unused = test.middleNode.newClient().lazy(LAST, new ConnectionListener() {

					@Override
					public void connected(ConnectionInfo info) {
						wait.run();
					}

				}).async().sendRecv(new Question(), Text.class, PATIENT);
			}
		},

		LOST(false, true) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) throws Exception {
				Connection lazy = test.middleNode.newClient().lazy(LAST, new ConnectionListener() {

					@Override
					public void lost(ConnectionInfo info, ErrorInfo cause) {
						wait.run();
					}

				});
				lazy.async().sendRecv(new Question(), Text.class, PATIENT).get(60, TimeUnit.SECONDS);
				lazy.close();
			}
		},

		WATCH(false, true) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				var unused = test.middleNode.newClient().watch(ServicePattern.of(LAST), (event) -> wait.run());
			}
		},

		DEPENDENT_OF_A_FUTURE(false, false) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				var unused = test.ask().thenRun(wait);
			}
		},

		SUBSCRIBER(false, false) {
			@Override
			void trigger(WaitingCallbacksTests test, Runnable wait) {
				var unused = test.last.reactive()
					.sendRecv(new Question(), Text.class, PATIENT)
					.subscribe((text) -> wait.run());
			}
		};

		/** Runs on the worker itself. */
		private final boolean needsTheWorker;

		private final boolean discovers;

		Callback(boolean needsTheWorker, boolean discovers) {
			this.needsTheWorker = needsTheWorker;
			this.discovers = discovers;
		}

		abstract void trigger(WaitingCallbacksTests test, Runnable wait) throws Exception;

	}

	private final class WaitingObserver implements MessageObserver {

		@Override
		public Sending sending(ObservedMessage message, @Nullable Handling within) {
			return (error) -> run(WaitingCallbacksTests.this.sendingEnds);
		}

		@Override
		public Handling handling(ObservedMessage message) {
			return new Handling() {

				@Override
				public Runnable open() {
					run(WaitingCallbacksTests.this.handlingBegins);
					return NOTHING;
				}

				@Override
				public void ended(@Nullable Throwable error) {
					run(WaitingCallbacksTests.this.handlingEnds);
				}

			};
		}

	}

	record Hold() {
	}

	record Question() {
	}

	record Ping() {
	}

	record Text(String text) {
	}

}
