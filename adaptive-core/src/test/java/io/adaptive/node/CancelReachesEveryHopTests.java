package io.adaptive.node;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.CapturedLog;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A caller that gives up ends what three handlers, one behind the other, wait for.
 */
class CancelReachesEveryHopTests {

	private static final ServiceName LATE = new ServiceName("test", "late");

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(Duration.ofMinutes(5));

	private static final int LAST = 3;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final RecordingObserver observer = new RecordingObserver();

	private final List<AdaptiveNode> hops = new ArrayList<>();

	private final CompletableFuture<?> reached = new CompletableFuture<>();

	/** How each handler ended, by its hop. */
	private final Map<Integer, CompletableFuture<Throwable>> ended = new ConcurrentHashMap<>();

	private Connection connection;

	static Stream<Arguments> ways() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Arrays.stream(Waiting.values())
				// Nodes with LAN scope only listen here, and search nothing.
				.filter((way) -> scope != Scope.LAN || !way.searches)
				.map((way) -> Arguments.of(scope, way)));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void whateverEachHandlerWaitsFor(Scope scope, Waiting way) {
		start(scope);
		try (CapturedLog log = new CapturedLog("io.adaptive", Level.WARN)) {
			CompletableFuture<Text> answer = this.connection.async()
				.sendRecv(new Ask(1, way.name()), Text.class, PATIENT);
			assertThat(this.reached).succeedsWithin(LONG);
			assertThat(answer.cancel(false)).isTrue();
			assertAllHandlersEndCancelled();
			assertNothingIsLeft();
			assertThat(log.lines()).isEmpty();
		}
		assertThat(this.connection.sendRecv(new Ping(), Text.class, PATIENT)).isEqualTo(new Text("pong"));
	}

	static Stream<Arguments> giveUps() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Arrays.stream(GivingUp.values()).map((how) -> Arguments.of(scope, how)));
	}

	@ParameterizedTest
	@MethodSource("giveUps")
	void howeverTheCallerGivesUp(Scope scope, GivingUp how) {
		start(scope);
		Runnable giveUp = how.call(this.connection, new Ask(1, Waiting.CALL.name()));
		assertThat(this.reached).succeedsWithin(LONG);
		giveUp.run();
		assertAllHandlersEnd();
		assertNothingIsLeft();
	}

	@ParameterizedTest
	@MethodSource("scopes")
	void aFluxThatWaitsWhileItMakesItsElements(Scope scope) {
		start(scope);
		MessageStream stream = this.connection.newStream();
		stream.send(new Many(1));
		assertThat(this.reached).succeedsWithin(LONG);
		stream.close();
		assertAllHandlersEnd();
		assertNothingIsLeft();
	}

	static Stream<Scope> scopes() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN);
	}

	/**
	 * Makes three nodes, each with a connection to the next one.
	 */
	private void start(Scope scope) {
		AdaptiveNode last = node(scope, LAST, null);
		AdaptiveNode middle = node(scope, 2, last);
		AdaptiveNode first = node(scope, 1, middle);
		this.connection = connect(this.nodes.node(scope), first, scope, 1);
	}

	private AdaptiveNode node(Scope scope, int hop, @Nullable AdaptiveNode behind) {
		AdaptiveNode node = this.nodes.node((builder) -> builder.messageObserver(this.observer), scope);
		@Nullable Connection next = (behind != null) ? connect(node, behind, scope, hop + 1) : null;
		AdaptiveClient client = node.newClient();
		node.newServer()
			.publish(Service.named("test", "hop-" + hop)
				.handle(Ping.class, (ping) -> new Text("pong"))
				.handle(Ask.class, (ask, stream) -> handle(ask, stream, next, client))
				.handle(Many.class, (many, stream) -> Flux.generate((sink) -> {
					sink.next(element(many, stream, next));
				})));
		this.hops.add(node);
		return node;
	}

	private static Connection connect(AdaptiveNode from, AdaptiveNode to, Scope scope, int hop) {
		ServiceName service = new ServiceName("test", "hop-" + hop);
		AdaptiveClient client = from.newClient();
		return (scope == Scope.LAN) ? client.connect(to.tcpEndpoint().orElseThrow(), service)
				: client.discoverTimeout(LONG).discover(service);
	}

	private CompletableFuture<Throwable> ended(int hop) {
		return this.ended.computeIfAbsent(hop, (each) -> new CompletableFuture<>());
	}

	private Text handle(Ask ask, ContextStream stream, @Nullable Connection next, AdaptiveClient client)
			throws Exception {
		try {
			if (ask.hop() == LAST) {
				return hold(stream);
			}
			return Waiting.valueOf(ask.way()).await(new Ask(ask.hop() + 1, ask.way()), next, client);
		}
		catch (Exception | Error ex) {
			ended(ask.hop()).complete(ex);
			throw ex;
		}
		finally {
			ended(ask.hop()).complete(new AssertionError("no error"));
		}
	}

	private Text element(Many many, ContextStream stream, @Nullable Connection next) {
		try (MessageStream behind = (next != null) ? next.newStream() : null) {
			if (behind == null) {
				return hold(stream);
			}
			behind.send(new Many(many.hop() + 1));
			return behind.recv(Text.class);
		}
		catch (RuntimeException ex) {
			ended(many.hop()).complete(ex);
			throw ex;
		}
	}

	/**
	 * Works until the caller gives up.
	 */
	private Text hold(ContextStream stream) {
		this.reached.complete(null);
		eventually().until(stream::isCancelled);
		ended(LAST).complete(PropagatedContext.cancelled(Delivery.UNKNOWN));
		return new Text("too late");
	}

	/**
	 * The last handler ends since it learns that it is cancelled, and not by a limit of
	 * time.
	 */
	private void assertAllHandlersEnd() {
		for (int hop = 1; hop <= LAST; hop++) {
			assertThat(ended(hop)).succeedsWithin(LONG);
		}
		assertThat(codes(ended(LAST).join())).contains(ErrorCode.CANCELLED);
	}

	private void assertAllHandlersEndCancelled() {
		for (int hop = 1; hop <= LAST; hop++) {
			assertThat(ended(hop)).succeedsWithin(LONG)
				.satisfies((error) -> assertThat(codes(error)).contains(ErrorCode.CANCELLED));
		}
		eventually().untilAsserted(() -> assertThat(this.observer.handled).filteredOn(CancelReachesEveryHopTests::isAsk)
			.hasSize(LAST)
			.allSatisfy((handled) -> assertThat(handled.ends).hasValue(1))
			.allSatisfy((handled) -> assertCancelled(handled.error)));
		eventually().untilAsserted(() -> assertThat(this.observer.sent).filteredOn(CancelReachesEveryHopTests::isAsk)
			.hasSize(LAST - 1)
			.allSatisfy((sent) -> assertThat(sent.ends).hasValue(1))
			.allSatisfy((sent) -> assertCancelled(sent.error)));
	}

	private static boolean isAsk(RecordingObserver.Observed observed) {
		return observed.message.type().equals(Ask.class.getName());
	}

	private static void assertCancelled(Throwable error) {
		assertThat(error).isNotNull();
		assertThat(ErrorInfo.of(error, "").code()).isEqualTo(ErrorCode.CANCELLED);
	}

	private static List<ErrorCode> codes(Throwable error) {
		return Stream.iterate(error, (each) -> each != null, Throwable::getCause)
			.map((each) -> ErrorInfo.of(each, "").code())
			.toList();
	}

	private void assertNothingIsLeft() {
		for (AdaptiveNode hop : this.hops) {
			eventually().untilAsserted(() -> assertThat(hop.view().connections())
				.allSatisfy((each) -> assertThat(each.callsSent()).isZero()));
			eventually().untilAsserted(
					() -> assertThat(hop.view().services()).allSatisfy((each) -> assertThat(each.inFlight()).isZero()));
		}
	}

	private static ConditionFactory eventually() {
		return await().atMost(LONG).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
	}

	/**
	 * A way in which the handler of each hop but the last one waits.
	 */
	enum Waiting {

		CALL {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return next.sendRecv(ask, Text.class, PATIENT);
			}
		},

		FUTURE {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) throws Exception {
				return next.async().sendRecv(ask, Text.class, PATIENT).get();
			}
		},

		DEPENDENT_FUTURE {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return next.async()
					.sendRecv(new Ping(), Text.class, PATIENT)
					.thenCompose((pong) -> next.async().sendRecv(ask, Text.class, PATIENT))
					.join();
			}
		},

		MONO {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return next.reactive().sendRecv(ask, Text.class, PATIENT).block();
			}
		},

		FLUX {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> stream.reactive().recvAll(Text.class).blockLast());
			}
		},

		STREAM {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				try (MessageStream stream = next.newStream()) {
					return stream.sendRecv(ask, Text.class, PATIENT);
				}
			}
		},

		NEW_STREAM {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return next.newStreamAsync(PATIENT)
					.thenCompose((stream) -> stream.async()
						.sendRecv(ask, Text.class, PATIENT)
						.whenComplete((text, error) -> stream.close()))
					.join();
			}
		},

		RECEIVE {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> stream.recv(Text.class));
			}
		},

		RECEIVE_LATER {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> stream.async().recv(Text.class).join());
			}
		},

		CREDIT {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> {
					while (true) {
						stream.send(new Blob(new byte[16 * 1024]));
					}
				});
			}
		},

		OTHER_THREAD {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				CompletableFuture<Text> answer = new CompletableFuture<>();
				new Thread(PropagatedContext.wrap(() -> complete(answer, () -> CALL.awaitQuietly(ask, next, client))))
					.start();
				return answer.join();
			}
		},

		RECONNECTING(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				try (Connection lazy = client.lazy(next.info().service())) {
					return lazy.sendRecv(ask, Text.class, PATIENT);
				}
			}
		},

		DISCOVERY(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> {
					client.discover(LATE).close();
					return new Text("found");
				});
			}
		},

		DISCOVERY_OF_ALL(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> new Text("found " + client.discoverAll(ServicePattern.of(LATE))));
			}
		},

		LATE_CALL(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> client.lazy(LATE).sendRecv(new Ping(), Text.class, PATIENT));
			}
		},

		LATE_FUTURE(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next,
						(stream) -> client.lazy(LATE).async().sendRecv(new Ping(), Text.class, PATIENT).join());
			}
		},

		LATE_RECEIVE(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				return beside(ask, next, (stream) -> client.lazy(LATE).async().recv(Text.class).join());
			}
		},

		DISCOVERY_BY_ANOTHER(true) {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) {
				try (Connection late = client.lazy(LATE)) {
					Thread other = new Thread(() -> CALL.ignore(() -> late.sendRecv(new Ping(), Text.class)));
					other.start();
					eventually().until(() -> other.getState() == Thread.State.TIMED_WAITING
							|| other.getState() == Thread.State.WAITING);
					return beside(ask, next, (stream) -> late.sendRecv(new Ping(), Text.class, PATIENT));
				}
			}
		},

		DIAL {
			@Override
			Text await(Ask ask, Connection next, AdaptiveClient client) throws Exception {
				try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
					Endpoint.Tcp endpoint = new Endpoint.Tcp(silent.getInetAddress().getHostAddress(),
							silent.getLocalPort());
					return beside(ask, next, (stream) -> {
						client.connect(endpoint, LATE).close();
						return new Text("connected");
					});
				}
			}
		};

		private final boolean searches;

		Waiting() {
			this(false);
		}

		Waiting(boolean searches) {
			this.searches = searches;
		}

		abstract Text await(Ask ask, Connection next, AdaptiveClient client) throws Exception;

		/**
		 * Calls the next hop, and waits for something else.
		 */
		static Text beside(Ask ask, Connection next, Function<MessageStream, Text> wait) {
			try (MessageStream stream = next.newStream()) {
				CompletableFuture<?> unused = stream.async().sendRecv(ask, Text.class, PATIENT);
				return wait.apply(stream);
			}
		}

		Text awaitQuietly(Ask ask, Connection next, AdaptiveClient client) {
			try {
				return await(ask, next, client);
			}
			catch (RuntimeException ex) {
				throw ex;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		void ignore(Supplier<?> work) {
			try {
				work.get();
			}
			catch (RuntimeException ex) {
				// Its connection was closed.
			}
		}

		static void complete(CompletableFuture<Text> answer, Supplier<Text> work) {
			try {
				answer.complete(work.get());
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		}

	}

	/**
	 * A way in which the caller gives up.
	 */
	enum GivingUp {

		CANCEL {
			@Override
			Runnable call(Connection connection, Ask ask) {
				CompletableFuture<Text> answer = connection.async().sendRecv(ask, Text.class, PATIENT);
				return () -> answer.cancel(true);
			}
		},

		TIMEOUT_OF_THE_FUTURE {
			@Override
			Runnable call(Connection connection, Ask ask) {
				CompletableFuture<Text> answer = connection.async().sendRecv(ask, Text.class, PATIENT);
				return () -> answer.orTimeout(1, TimeUnit.MILLISECONDS);
			}
		},

		DISPOSE {
			@Override
			Runnable call(Connection connection, Ask ask) {
				return connection.reactive().sendRecv(ask, Text.class, PATIENT).subscribe()::dispose;
			}
		},

		DEADLINE {
			@Override
			Runnable call(Connection connection, Ask ask) {
				CompletableFuture<?> unused = connection.async()
					.sendRecv(ask, Text.class, CallSettings.DEFAULT.timeout(Duration.ofSeconds(1)));
				return () -> {
				};
			}
		},

		CLOSE {
			@Override
			Runnable call(Connection connection, Ask ask) {
				CompletableFuture<?> unused = connection.async().sendRecv(ask, Text.class, PATIENT);
				return connection::close;
			}
		};

		abstract Runnable call(Connection connection, Ask ask);

	}

	record Ask(int hop, String way) {
	}

	record Many(int hop) {
	}

	record Blob(byte[] bytes) {
	}

	record Ping() {
	}

	record Text(String text) {
	}

}
