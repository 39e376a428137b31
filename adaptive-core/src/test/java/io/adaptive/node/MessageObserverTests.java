package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.HandlerOptions;
import io.adaptive.internal.builtin.ServiceLister;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.MessageStream;
import io.adaptive.stream.ObservedMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an observer is told of messages: each exactly once from begin to end, whatever
 * becomes of it.
 */
class MessageObserverTests {

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final Duration SHORT = Duration.ofMillis(50);

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	@RegisterExtension
	final LogLines log = new LogLines();

	private final RecordingObserver client = new RecordingObserver();

	private final RecordingObserver server = new RecordingObserver();

	private AdaptiveNode clientNode;

	private AdaptiveNode serverNode;

	private Connection connect(Scope scope, Service service) {
		this.serverNode = this.nodes.node((builder) -> builder.messageObserver(this.server), scope);
		this.clientNode = this.nodes.node((builder) -> builder.messageObserver(this.client), scope);
		this.serverNode.newServer().publish(service);
		return this.nodes.connect(this.clientNode, scope, service.name());
	}

	private static Service service() {
		return Service.named("test", "observed");
	}

	private void assertOneEach(@Nullable Class<? extends Throwable> atClient,
			@Nullable Class<? extends Throwable> atServer) {
		await().untilAsserted(() -> {
			assertEnded(this.client.sent, atClient);
			assertEnded(this.server.handled, atServer);
		});
		assertThat(this.client.handled).isEmpty();
		assertThat(this.server.sent).isEmpty();
	}

	private static void assertEnded(List<? extends RecordingObserver.Observed> observed,
			@Nullable Class<? extends Throwable> error) {
		assertThat(observed).singleElement().satisfies((one) -> {
			assertThat(one.ends).hasValue(1);
			if (error != null) {
				assertThat(one.error).isInstanceOf(error);
			}
			else {
				assertThat(one.error).isNull();
			}
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCallIsSeenAtBothEndsAndWhatTheClientGaveArrives(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> new Answer(ask.text())));
		assertThat(connection.sendRecv(new Ask("a"), Answer.class)).isEqualTo(new Answer("a"));
		assertOneEach(null, null);
		RecordingObserver.Sent sent = this.client.sent(Ask.class);
		assertThat(sent.message.call()).isTrue();
		assertThat(sent.message.connection()).isEqualTo(connection.info());
		assertThat(sent.within).isNull();
		assertThat(sent.endedBy).isSameAs(Thread.currentThread());
		RecordingObserver.Handled handled = this.server.handled(Ask.class);
		assertThat(handled.message.call()).isTrue();
		assertThat(handled.message.headers().traceContext()).isEqualTo(sent.context());
		assertThat(handled.message.connection().service()).isEqualTo(connection.info().service());
		assertThat(handled.opened).isNotNull().isSameAs(handled.returned);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMessageSentOneWayEndsWhenItHasLeft(Scope scope) throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> {
			goOn.await(10, TimeUnit.SECONDS);
			return null;
		}));
		connection.send(new Ask("a"));
		assertEnded(this.client.sent, null);
		assertThat(this.client.sent(Ask.class).message.call()).isFalse();
		goOn.countDown();
		connection.async().send(new Ask("b")).get(10, TimeUnit.SECONDS);
		connection.reactive().send(new Ask("c")).block(LONG);
		await().untilAsserted(() -> {
			assertThat(this.client.sent).hasSize(3).allMatch((one) -> one.ends.get() == 1 && one.error == null);
			assertThat(this.server.handled).hasSize(3).allMatch((one) -> one.ends.get() == 1 && one.error == null);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlersErrorIsSeenAtBothEnds(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> {
			throw new IllegalStateException("no");
		}));
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask("a"), Answer.class));
		assertOneEach(RemoteException.class, IllegalStateException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void futuresAndPublishersAreSeenAsBlockingCalls(Scope scope) throws Exception {
		Connection connection = connect(scope,
				service().handle(Ask.class, (ask) -> CompletableFuture.supplyAsync(() -> new Answer(ask.text())))
					.handle(AskLater.class,
							(ask) -> Mono.delay(Duration.ofMillis(5)).map((tick) -> new Answer("later"))));
		connection.async().sendRecv(new Ask("a"), Answer.class).get(10, TimeUnit.SECONDS);
		connection.reactive().sendRecv(new AskLater(), Answer.class).block(LONG);
		await().untilAsserted(() -> {
			assertThat(this.client.sent).hasSize(2).allMatch((one) -> one.ends.get() == 1 && one.error == null);
			assertThat(this.server.handled).hasSize(2).allMatch((one) -> one.ends.get() == 1 && one.error == null);
		});
		assertThat(this.client.sent).allMatch((one) -> isNoEventLoop(Objects.requireNonNull(one.endedBy)));
	}

	private static boolean isNoEventLoop(Thread thread) {
		return !thread.getName().contains("epoll") && !thread.getName().contains("nio");
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMonoThatFailsIsSeenToFail(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class,
				(ask) -> Mono.delay(Duration.ofMillis(5)).then(Mono.error(new IllegalStateException("no")))));
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.reactive().sendRecv(new Ask("a"), Answer.class).block(LONG));
		assertOneEach(RemoteException.class, IllegalStateException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aStreamOfRepliesEndsWithTheLast(Scope scope) {
		Connection connection = connect(scope, service()
			.handle(Ask.class,
					(ask) -> Flux.range(0, 3).map((i) -> new Answer("" + i)).delayElements(Duration.ofMillis(5)))
			.handle(AskLater.class,
					(ask) -> Flux.just(new Answer("0")).concatWith(Flux.error(new IllegalStateException("no")))));
		MessageStream stream = connection.newStream();
		stream.send(new Ask("a"));
		assertThat(stream.reactive().recvAll(Answer.class).collectList().block(LONG)).hasSize(3);
		assertOneEach(null, null);
		MessageStream failing = connection.newStream();
		failing.send(new AskLater());
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> failing.reactive().recvAll(Answer.class).collectList().block(LONG));
		await().untilAsserted(() -> {
			assertThat(this.server.handled(AskLater.class).ends).hasValue(1);
			assertThat(this.server.handled(AskLater.class).error).isInstanceOf(IllegalStateException.class);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCallThatIsLateEndsOnceAtBothEnds(Scope scope) {
		CountDownLatch goOn = new CountDownLatch(1);
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> {
			goOn.await(10, TimeUnit.SECONDS);
			return new Answer("late");
		}));
		assertThatExceptionOfType(ReceiveTimeoutException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask("a"), Answer.class, CallSettings.DEFAULT.timeout(SHORT)));
		goOn.countDown();
		assertEnded(this.client.sent, ReceiveTimeoutException.class);
		assertTheLateCallEndedIfItWasHandled();
	}

	/**
	 * A call that came to its end before its turn is not handled. The CANCEL of one that
	 * is may arrive after its handler has returned.
	 */
	private void assertTheLateCallEndedIfItWasHandled() {
		await().untilAsserted(() -> assertThat(this.server.handled)
			.filteredOn((one) -> one.message.type().equals(Ask.class.getName()))
			.hasSizeLessThan(2)
			.allMatch((one) -> one.ends.get() == 1)
			.allMatch((one) -> one.error == null || one.error instanceof CancellationException));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFutureThatIsLateOrCancelledEndsOnceAtBothEnds(Scope scope) {
		CountDownLatch goOn = new CountDownLatch(1);
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> {
			goOn.await(10, TimeUnit.SECONDS);
			return new Answer("late");
		}).handle(AskLater.class, (ask) -> Mono.never()));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> connection.async()
				.sendRecv(new Ask("a"), Answer.class, CallSettings.DEFAULT.timeout(SHORT))
				.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(ReceiveTimeoutException.class);
		goOn.countDown();
		CompletableFuture<Answer> cancelled = connection.async().sendRecv(new AskLater(), Answer.class);
		await().untilAsserted(() -> assertThat(this.server.handled(AskLater.class).opened).isNotNull());
		cancelled.cancel(false);
		await().untilAsserted(() -> {
			assertThat(this.client.sent).hasSize(2).allMatch((one) -> one.ends.get() == 1);
			assertThat(this.server.handled(AskLater.class).ends).hasValue(1);
		});
		assertTheLateCallEndedIfItWasHandled();
		assertThat(this.client.sent.get(0).error).isInstanceOf(ReceiveTimeoutException.class);
		assertThat(this.client.sent.get(1).error).isInstanceOf(CancellationException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aMonoThatIsCancelledEndsOnceAtBothEnds(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> Mono.never()));
		Disposable call = connection.reactive().sendRecv(new Ask("a"), Answer.class).subscribe();
		await().until(() -> this.server.handled.size() == 1);
		call.dispose();
		assertOneEach(CancellationException.class, CancellationException.class);
		assertThat(this.log.warnings()).noneMatch((line) -> line.contains("handler failed"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aFutureThatItsCallerCompletesIsGivenUpAtBothEnds(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> Mono.never()));
		CompletableFuture<Answer> answer = connection.async().sendRecv(new Ask("a"), Answer.class);
		await().until(() -> this.server.handled.size() == 1);
		answer.complete(new Answer("instead"));
		assertOneEach(CancellationException.class, CancellationException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aStreamOfRepliesThatNobodyTakesIsCancelled(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> Flux.never()));
		MessageStream stream = connection.newStream();
		stream.send(new Ask("a"));
		await().until(() -> this.server.handled.size() == 1);
		stream.close();
		assertOneEach(null, CancellationException.class);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void answerAndTimeOutRaceForOneEnd(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> {
			Thread.sleep(0, 300_000 + (int) (System.nanoTime() & 0xffff) * 4);
			return new Answer("just");
		}));
		int rounds = 300;
		for (int i = 0; i < rounds; i++) {
			// From too early to late enough, however fast the machine is.
			long nanos = 50_000L + i * 25_000L;
			CallSettings settings = CallSettings.DEFAULT.timeout(Duration.ofNanos(nanos));
			if (i % 3 == 0) {
				CompletableFuture<Answer> future = connection.async().sendRecv(new Ask("a"), Answer.class, settings);
				assertThat(future.handle((answer, error) -> true).orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
			}
			else if (i % 3 == 1) {
				CompletableFuture<Answer> future = connection.async().sendRecv(new Ask("a"), Answer.class);
				CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS).execute(() -> future.cancel(false));
				assertThat(future.handle((answer, error) -> true).orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
			}
			else {
				callInTime(connection, settings);
			}
		}
		await()
			.untilAsserted(() -> assertThat(this.client.sent).hasSize(rounds).allMatch((one) -> one.ends.get() == 1));
		await().untilAsserted(() -> assertThat(this.server.handled).allMatch((one) -> one.ends.get() == 1));
	}

	private static void callInTime(Connection connection, CallSettings settings) {
		try {
			connection.sendRecv(new Ask("a"), Answer.class, settings);
		}
		catch (ReceiveTimeoutException ex) {
			// One of the two that race.
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void whatIsRefusedEndsAtTheClientOnly(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> new Answer("a")));
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new AskLater(), Answer.class))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
		assertThat(this.client.sent(AskLater.class).ends).hasValue(1);
		assertThat(this.client.sent(AskLater.class).error).isInstanceOf(RemoteException.class);
		assertThat(this.server.handled).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anAnswerOfAnotherTypeFailsAtTheClient(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> new Answer("a")));
		assertThatExceptionOfType(MessageTypeMismatchException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask("a"), Ask.class));
		assertOneEach(MessageTypeMismatchException.class, null);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aConnectionThatIsLostEndsAll(Scope scope) {
		CountDownLatch goOn = new CountDownLatch(1);
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> {
			goOn.await(10, TimeUnit.SECONDS);
			return new Answer("late");
		}));
		CompletableFuture<Answer> answer = connection.async().sendRecv(new Ask("a"), Answer.class);
		await().until(() -> this.server.handled.size() == 1);
		connection.close();
		assertThat(answer).failsWithin(LONG);
		goOn.countDown();
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> connection.sendRecv(new Ask("b"), Answer.class));
		await().untilAsserted(() -> {
			assertThat(this.client.sent).hasSize(2).allMatch((one) -> one.ends.get() == 1 && one.error != null);
			assertThat(this.server.handled).singleElement().matches((one) -> one.ends.get() == 1);
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void anOrderedServiceIsSeenInItsOrder(Scope scope) {
		Connection connection = connect(scope, service().ordered().handle(Ask.class, (ask) -> new Answer(ask.text())));
		List<CompletableFuture<Answer>> answers = Flux.range(0, 20)
			.map((i) -> connection.async().sendRecv(new Ask("" + i), Answer.class))
			.collectList()
			.block();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer).succeedsWithin(LONG));
		await().untilAsserted(() -> assertThat(this.server.handled).hasSize(20).allMatch((one) -> one.ends.get() == 1));
		assertThat(this.server.handled.stream().map((one) -> one.message.headers().traceContext()))
			.isEqualTo(this.client.sent.stream().map(RecordingObserver.Sent::context).toList());
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHandlerThatRunsWhereItsMessageIsIsSeen(Scope scope) {
		Connection connection = connect(scope, service().handle(Ask.class, (ask) -> new Answer(ask.text()))
			.options(Ask.class, HandlerOptions.DEFAULT.asNonBlocking()));
		connection.sendRecv(new Ask("a"), Answer.class);
		assertOneEach(null, null);
		if (scope == Scope.PROCESS) {
			assertThat(this.server.handled(Ask.class).opened).isSameAs(Thread.currentThread());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCallThatHandlesOneKnowsIt(Scope scope) {
		AtomicReference<Connection> next = new AtomicReference<>();
		Connection connection = connect(scope,
				service().handle(Ask.class, (ask) -> next.get().sendRecv(new AskLater(), Answer.class))
					.handle(AskLater.class, (ask) -> new Answer("a")));
		next.set(this.serverNode.newClient().connect(connection.info().endpoint(), connection.info().service()));
		connection.sendRecv(new Ask("a"), Answer.class);
		await().untilAsserted(() -> assertThat(this.server.handled).hasSize(2).allMatch((one) -> one.ends.get() == 1));
		assertThat(this.server.sent).singleElement()
			.satisfies((sent) -> assertThat(sent.within).isSameAs(this.server.handled(Ask.class)));
	}

	@Test
	void builtinServicesAreNotObserved() {
		connect(Scope.OS, service().handle(Ask.class, (ask) -> new Answer("a")));
		Connection lister = this.nodes.connect(this.clientNode, Scope.OS, ServiceLister.SERVICE);
		assertThat(lister.sendRecv(new ServiceLister.Query("*", "*", List.of()), ServiceLister.Listing.class))
			.isNotNull();
		assertThat(this.client.sent).isEmpty();
		assertThat(this.server.handled).isEmpty();
	}

	@Test
	void theQuestionAboutWorkersIsObservedLikeAnyOther() {
		Connection connection = connect(Scope.OS, service().handle(Ask.class, (ask) -> new Answer("a")));
		connection.sendRecv(new WorkerQuery(), WorkerStatistics.class);
		assertOneEach(null, null);
	}

	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, AssertionError.class })
	void anObserverThatFailsHarmsNobodyAndIsLoggedOnce(Class<? extends Throwable> failure) {
		RecordingObserver other = new RecordingObserver();
		this.serverNode = this.nodes
			.node((builder) -> builder.messageObserver(new Failing(failure)).messageObserver(other), Scope.OS);
		this.clientNode = this.nodes
			.node((builder) -> builder.messageObserver(new Failing(failure)).messageObserver(other), Scope.OS);
		Service service = service().handle(Ask.class, (ask) -> new Answer(ask.text()));
		this.serverNode.newServer().publish(service);
		Connection connection = this.nodes.connect(this.clientNode, Scope.OS, service.name());
		for (int i = 0; i < 3; i++) {
			assertThat(connection.sendRecv(new Ask("a"), Answer.class)).isEqualTo(new Answer("a"));
		}
		await().untilAsserted(() -> assertThat(other.handled).hasSize(3).allMatch((one) -> one.ends.get() == 1));
		assertThat(other.sent).hasSize(3).allMatch((one) -> one.ends.get() == 1);
		assertThat(this.log.warnings()).filteredOn((line) -> line.contains("message observer failed")).hasSize(2);
	}

	private record Failing(Class<? extends Throwable> failure) implements MessageObserver {

		private void fail() {
			if (this.failure == AssertionError.class) {
				throw new AssertionError("observer");
			}
			throw new IllegalStateException("observer");
		}

		@Override
		public Sending sending(ObservedMessage message, @Nullable Handling within) {
			return (error) -> fail();
		}

		@Override
		public Handling handling(ObservedMessage message) {
			return new Handling() {

				@Override
				public Runnable open() {
					fail();
					return () -> {
					};
				}

				@Override
				public void ended(@Nullable Throwable error) {
					fail();
				}

			};
		}

	}

	record Ask(String text) {
	}

	record AskLater() {
	}

	record Answer(String text) {
	}

}
