package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.MessageStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Handlers that wait on every worker of their node for calls of their own: what they wait
 * for comes all the same, and the node answers afterwards.
 */
class WaitingHandlersTests {

	private static final ServiceName MIDDLE = new ServiceName("test", "middle");

	private static final ServiceName LAST = new ServiceName("test", "last");

	private static final ServiceName LATE = new ServiceName("test", "late");

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(Duration.ofMinutes(5));

	private static final CallSettings IMPATIENT = CallSettings.DEFAULT.timeout(Duration.ofMillis(200));

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final ReentrantLock lock = new ReentrantLock();

	private final CompletableFuture<Text> released = new CompletableFuture<>();

	private AdaptiveNode middleNode;

	private Scope scope;

	private CountDownLatch waiting;

	private Connection last;

	private AdaptiveClient lateClient;

	static Stream<Arguments> table() {
		return table(IntStream.of(1, 8), Scope.PROCESS, Scope.OS);
	}

	static Stream<Arguments> restOfTheTable() {
		return Stream.concat(table(IntStream.of(2), Scope.PROCESS, Scope.OS), table(IntStream.of(1, 2, 8), Scope.LAN));
	}

	private static Stream<Arguments> table(IntStream workers, Scope... scopes) {
		return workers.boxed()
			.flatMap((count) -> Stream.of(scopes)
				.flatMap((scope) -> Arrays.stream(Waiting.values())
					// Nodes with LAN scope only listen here, and are not discovered.
					.filter((waiting) -> scope != Scope.LAN || waiting != Waiting.DISCOVERY)
					.map((waiting) -> Arguments.of(scope, count, waiting))));
	}

	@ParameterizedTest
	@MethodSource("table")
	void handlersOnAllWorkersGetWhatTheyWaitFor(Scope scope, int workers, Waiting way) throws Exception {
		Connection middle = start(scope, ScaleFactors.DEFAULT.withMaxWorkers(workers));
		burst(middle, workers, way);
		assertThat(middle.sendRecv(new Ping(), Text.class, PATIENT)).isEqualTo(new Text("pong"));
	}

	@SlowTest
	@ParameterizedTest
	@MethodSource("restOfTheTable")
	void handlersOnAllWorkersGetWhatTheyWaitForOverTcpToo(Scope scope, int workers, Waiting way) throws Exception {
		handlersOnAllWorkersGetWhatTheyWaitFor(scope, workers, way);
	}

	/**
	 * Without discovery: a thousand connections at once are another matter.
	 */
	static Stream<Arguments> defaultPool() {
		return Stream.concat(
				Arrays.stream(Waiting.values())
					.filter((waiting) -> waiting != Waiting.DISCOVERY)
					.map((waiting) -> Arguments.of(Scope.OS, waiting)),
				Stream.of(Scope.PROCESS, Scope.LAN).map((scope) -> Arguments.of(scope, Waiting.FUTURE)));
	}

	@SlowTest
	@ParameterizedTest
	@MethodSource("defaultPool")
	void handlersOnAllWorkersOfADefaultPoolGetWhatTheyWaitFor(Scope scope, Waiting way) throws Exception {
		Connection middle = start(scope, ScaleFactors.DEFAULT);
		burst(middle, 1_024, way);
		assertThat(middle.sendRecv(new Ping(), Text.class, PATIENT)).isEqualTo(new Text("pong"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void callsOfHandlersOnAllWorkersTimeOut(Scope scope) throws Exception {
		Connection middle = start(scope, ScaleFactors.DEFAULT.withMaxWorkers(2));
		List<CompletableFuture<Text>> answers = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			answers.add(middle.async().sendRecv(new TimeOut(), Text.class, PATIENT));
		}
		for (CompletableFuture<Text> answer : answers) {
			assertThat(answer.get(5, TimeUnit.MINUTES)).isEqualTo(new Text("ReceiveTimeoutException"));
		}
		assertThat(middle.sendRecv(new Ping(), Text.class, PATIENT)).isEqualTo(new Text("pong"));
		this.released.complete(new Text("late"));
	}

	/**
	 * What they wait for never comes: only the cancel ends them.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCancelReachesHandlersThatWaitOnAllWorkers(Scope scope) throws Exception {
		Connection middle = start(scope, ScaleFactors.DEFAULT.withMaxWorkers(2));
		this.waiting = new CountDownLatch(2);
		CompletableFuture<Text> future = middle.async().sendRecv(new Ask(Waiting.FUTURE), Text.class, PATIENT);
		CompletableFuture<Text> mono = middle.async().sendRecv(new Ask(Waiting.MONO), Text.class, PATIENT);
		assertThat(this.waiting.await(5, TimeUnit.MINUTES)).isTrue();
		future.cancel(false);
		mono.cancel(false);
		assertThat(middle.sendRecv(new Ping(), Text.class, PATIENT)).isEqualTo(new Text("pong"));
	}

	/**
	 * The caller's own wait ends too while all workers of its node wait.
	 */
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCallOfTheNodeItselfTimesOutWhileAllItsWorkersWait(Scope scope) throws Exception {
		Connection middle = start(scope, ScaleFactors.DEFAULT.withMaxWorkers(1));
		this.waiting = new CountDownLatch(1);
		CompletableFuture<Text> held = middle.async().sendRecv(new Ask(Waiting.FUTURE), Text.class, PATIENT);
		assertThat(this.waiting.await(5, TimeUnit.MINUTES)).isTrue();
		CompletableFuture<Text> own = this.last.async().sendRecv(new Question(), Text.class, IMPATIENT);
		assertThat(catchThrowable(() -> own.get(5, TimeUnit.MINUTES)))
			.hasCauseInstanceOf(ReceiveTimeoutException.class);
		this.released.complete(new Text("answer"));
		assertThat(held.get(5, TimeUnit.MINUTES)).isEqualTo(new Text("answer"));
	}

	private Connection start(Scope scope, ScaleFactors scale) {
		this.scope = scope;
		AdaptiveNode lastNode = this.nodes.node(scope);
		lastNode.newServer()
			.publish(Service.named(LAST)
				.handle(Question.class, (question) -> this.released.copy())
				.handle(Many.class, (many) -> Flux.range(0, 3).flatMap((i) -> Mono.fromFuture(this.released.copy()))));
		this.middleNode = this.nodes.node((builder) -> builder.scaleFactors(scale).workerKind(WorkerKind.PLATFORM),
				scope);
		this.last = connect(this.middleNode, lastNode, scope, LAST);
		this.lateClient = this.middleNode.newClient().discoverTimeout(Duration.ofMinutes(5));
		this.middleNode.newServer()
			.publish(Service.named(MIDDLE)
				.handle(Ping.class, (ping) -> new Text("pong"))
				.handle(Ask.class, (ask, stream) -> ask.waiting().answer(this, stream))
				.handle(TimeOut.class, (timeOut) -> timeOut()));
		return connect(this.nodes.node(scope), this.middleNode, scope, MIDDLE);
	}

	private Text timeOut() throws Exception {
		try {
			return this.last.async().sendRecv(new Question(), Text.class, IMPATIENT).get();
		}
		catch (ExecutionException ex) {
			return new Text(ex.getCause().getClass().getSimpleName());
		}
	}

	private Connection connect(AdaptiveNode from, AdaptiveNode to, Scope scope, ServiceName service) {
		AdaptiveClient client = from.newClient();
		return (scope == Scope.LAN) ? client.connect(to.tcpEndpoint().orElseThrow(), service)
				: client.discoverTimeout(Duration.ofSeconds(20)).discover(service);
	}

	/**
	 * Sends twice as many calls as there are workers, and lets them have what they wait
	 * for when all workers wait.
	 */
	private void burst(Connection middle, int workers, Waiting way) throws Exception {
		this.waiting = new CountDownLatch(way == Waiting.LOCK ? 1 : workers);
		List<MessageStream> streams = new ArrayList<>();
		List<CompletableFuture<Text>> answers = new ArrayList<>();
		for (int i = 0; i < 2 * workers; i++) {
			MessageStream stream = middle.newStream();
			streams.add(stream);
			answers.add(stream.async().sendRecv(new Ask(way), Text.class, PATIENT));
		}
		assertThat(this.waiting.await(5, TimeUnit.MINUTES)).isTrue();
		this.released.complete(new Text("answer"));
		if (way == Waiting.DISCOVERY) {
			this.nodes.node(this.scope).newServer().publish(Service.named(LATE).handle(Ping.class, (ping) -> ping));
		}
		for (MessageStream stream : streams) {
			if (way == Waiting.RECEIVE || way == Waiting.RECEIVE_LATER) {
				stream.send(new Text("answer"));
			}
		}
		for (CompletableFuture<Text> answer : answers) {
			assertThat(answer.get(5, TimeUnit.MINUTES)).isEqualTo(new Text("answer"));
		}
	}

	/**
	 * A way in which a handler waits.
	 */
	enum Waiting {

		CALL {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				return test.last.sendRecv(new Question(), Text.class, PATIENT);
			}
		},

		FUTURE {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) throws Exception {
				return test.last.async().sendRecv(new Question(), Text.class, PATIENT).get();
			}
		},

		DEPENDENT_FUTURE {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				return test.last.async()
					.sendRecv(new Question(), Text.class, PATIENT)
					.thenCompose((first) -> test.last.async().sendRecv(new Question(), Text.class, PATIENT))
					.thenApply((text) -> new Text(text.text()))
					.join();
			}
		},

		MONO {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				return test.last.reactive().sendRecv(new Question(), Text.class, PATIENT).block();
			}
		},

		FLUX {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				try (MessageStream many = test.last.newStream()) {
					many.send(new Many());
					return many.reactive().recvAll(Text.class).blockLast();
				}
			}
		},

		NEW_STREAM {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				return test.last.newStreamAsync(PATIENT)
					.thenCompose((other) -> other.async()
						.sendRecv(new Question(), Text.class, PATIENT)
						.whenComplete((text, error) -> other.close()))
					.join();
			}
		},

		RECEIVE {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				return stream.recv(Text.class);
			}
		},

		RECEIVE_LATER {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				return stream.async().recv(Text.class).join();
			}
		},

		DISCOVERY {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) {
				test.lateClient.discover(LATE).close();
				return new Text("answer");
			}
		},

		LOCK {
			@Override
			Text await(WaitingHandlersTests test, ContextStream stream) throws Exception {
				test.lock.lock();
				try {
					return FUTURE.await(test, stream);
				}
				finally {
					test.lock.unlock();
				}
			}
		};

		abstract Text await(WaitingHandlersTests test, ContextStream stream) throws Exception;

		Text answer(WaitingHandlersTests test, ContextStream stream) throws Exception {
			test.waiting.countDown();
			return await(test, stream);
		}

	}

	record Ask(Waiting waiting) {
	}

	record Question() {
	}

	record Many() {
	}

	record Ping() {
	}

	record TimeOut() {
	}

	record Text(String text) {
	}

}
