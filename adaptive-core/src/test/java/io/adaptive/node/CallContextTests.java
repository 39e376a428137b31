package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.TraceTag;
import io.adaptive.message.TraceToken;
import io.adaptive.server.Service;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.Deadline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a handler passes on to the messages it sends, wherever it sends them from.
 */
class CallContextTests {

	private static final ServiceName NEXT = new ServiceName("test", "next");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	private final RecordingObserver observer = new RecordingObserver();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private AdaptiveNode server;

	private Connection connection;

	private Connection next;

	/**
	 * Publishes a service whose handler uses another service of another node, and
	 * connects to it.
	 */
	private void handle(Scope scope, ReplyHandler<Ask> handler) {
		AdaptiveNode last = this.nodes.node(Scope.PROCESS, Scope.OS);
		last.newServer()
			.publish(Service.named(NEXT)
				.handle(Question.class, (question) -> new Answer(question.number() + 1))
				.handle(Wait.class, (wait) -> {
					awaitQuietly(this.goOn);
					return new Answer(0);
				})
				.handle(Numbers.class, (numbers) -> Flux.range(0, 3).map(Answer::new)));
		this.server = this.nodes.node((builder) -> builder.messageObserver(this.observer), scope);
		Service service = Service.named("test", "first").handle(Ask.class, handler);
		this.server.newServer().publish(service);
		this.next = this.nodes.connect(this.server, scope, NEXT);
		this.connection = this.nodes.connect(this.nodes.node(scope), scope, service.name());
	}

	private Answer ask() {
		return this.connection.sendRecv(new Ask(), Answer.class, CallSettings.DEFAULT.timeout(LONG));
	}

	private void assertSentWithinTheHandler(int messages) {
		await().untilAsserted(() -> assertThat(this.observer.handled).singleElement()
			.satisfies((handled) -> assertThat(handled.ends).hasValue(1)));
		assertThat(this.observer.sent).hasSize(messages)
			.allSatisfy((sent) -> assertThat(sent.within).isSameAs(this.observer.handled.get(0)));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void blockingCallsAreSentWithinTheHandler(Scope scope) {
		handle(scope, (ask) -> {
			Answer first = this.next.sendRecv(new Question(1), Answer.class);
			return this.next.sendRecv(new Question(first.number()), Answer.class);
		});
		assertThat(ask()).isEqualTo(new Answer(3));
		assertSentWithinTheHandler(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aChainOfFuturesIsSentWithinTheHandler(Scope scope) {
		handle(scope,
				(ask) -> this.next.async()
					.sendRecv(new Question(1), Answer.class)
					.thenCompose((first) -> this.next.async().sendRecv(new Question(first.number()), Answer.class))
					.thenApply((second) -> this.next.sendRecv(new Question(second.number()), Answer.class)));
		assertThat(ask()).isEqualTo(new Answer(4));
		assertSentWithinTheHandler(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aChainOfFuturesOfAConnectionThatHealsIsSentWithinTheHandler(Scope scope) {
		AtomicReference<Connection> lazy = new AtomicReference<>();
		handle(scope, (ask) -> lazy.get()
			.async()
			.sendRecv(new Question(1), Answer.class)
			.thenCompose((first) -> lazy.get().async().sendRecv(new Question(first.number()), Answer.class))
			.thenCompose((
					second) -> lazy.get().reactive().sendRecv(new Question(second.number()), Answer.class).toFuture()));
		int times = 20;
		for (int i = 0; i < times; i++) {
			lazy.set(this.server.newClient().lazy(NEXT));
			assertThat(ask()).isEqualTo(new Answer(4));
		}
		await().untilAsserted(() -> assertThat(this.observer.handled).hasSize(times));
		for (int i = 0; i < times; i++) {
			RecordingObserver.Handled handled = this.observer.handled.get(i);
			assertThat(this.observer.sent.subList(3 * i, 3 * i + 3))
				.allSatisfy((sent) -> assertThat(sent.within).isSameAs(handled));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aReactorChainIsSentWithinTheHandlerWhateverThreadItRunsOn(Scope scope) {
		handle(scope,
				(ask) -> this.next.reactive()
					.sendRecv(new Question(1), Answer.class)
					.publishOn(Schedulers.parallel())
					.flatMap((first) -> this.next.reactive().sendRecv(new Question(first.number()), Answer.class))
					.delayElement(Duration.ofMillis(5))
					.flatMap((second) -> this.next.reactive().sendRecv(new Question(second.number()), Answer.class))
					.subscribeOn(Schedulers.boundedElastic()));
		assertThat(ask()).isEqualTo(new Answer(4));
		assertSentWithinTheHandler(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aFluxIsSentWithinTheHandler(Scope scope) {
		handle(scope,
				(ask) -> Flux.range(0, 3)
					.publishOn(Schedulers.parallel())
					.concatMap((i) -> this.next.reactive().sendRecv(new Question(i), Answer.class)));
		try (var stream = this.connection.newStream()) {
			stream.send(new Ask());
			assertThat(stream.reactive().recvAll(Answer.class).collectList().block(LONG)).hasSize(3);
		}
		assertSentWithinTheHandler(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void repliesOfAStreamAreTakenWithinTheHandler(Scope scope) {
		handle(scope, (ask) -> {
			var stream = this.next.newStream();
			return stream.reactive()
				.send(new Numbers())
				.thenMany(stream.reactive().recvAll(Answer.class))
				.concatMap((number) -> this.next.reactive().sendRecv(new Question(number.number()), Answer.class))
				.last()
				.doFinally((signal) -> stream.close());
		});
		assertThat(ask()).isEqualTo(new Answer(3));
		assertSentWithinTheHandler(4);
	}

	@Test
	void workOnAnotherThreadIsSentWithinTheHandlerWhenWrapped() {
		handle(Scope.OS, (ask) -> {
			CompletableFuture<Answer> answer = new CompletableFuture<>();
			Runnable work = () -> answer.complete(this.next.sendRecv(new Question(1), Answer.class));
			new Thread(PropagatedContext.wrap(work)).start();
			return answer;
		});
		assertThat(ask()).isEqualTo(new Answer(2));
		assertSentWithinTheHandler(1);
	}

	@Test
	void workThatIsNotWrappedIsNobodys() {
		handle(Scope.OS,
				(ask) -> CompletableFuture.supplyAsync(() -> this.next.sendRecv(new Question(1), Answer.class)));
		assertThat(ask()).isEqualTo(new Answer(2));
		assertThat(this.observer.sent).singleElement().satisfies((sent) -> assertThat(sent.within).isNull());
	}

	@Test
	void wrappedWorkHasTheDeadlineOfTheCallerUntilItIsAnswered() {
		CompletableFuture<Boolean> before = new CompletableFuture<>();
		CompletableFuture<Boolean> after = new CompletableFuture<>();
		handle(Scope.OS, (ask) -> {
			new Thread(PropagatedContext.wrap(() -> {
				before.complete(Deadline.current().remaining().isPresent());
				long end = System.nanoTime() + LONG.toNanos();
				while (Deadline.current().remaining().isPresent() && System.nanoTime() < end) {
					Thread.onSpinWait();
				}
				after.complete(Deadline.current().remaining().isPresent());
			})).start();
			assertThat(before).succeedsWithin(LONG).isEqualTo(true);
			return new Answer(0);
		});
		ask();
		assertThat(after).succeedsWithin(LONG).isEqualTo(false);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(50, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theSecondCallOfAChainKeepsToTheDeadlineToo(Scope scope) {
		assertKeepsToTheDeadline(scope,
				() -> this.next.async()
					.sendRecv(new Question(1), Answer.class)
					.thenApply(CallContextTests::awaitDeadline)
					.thenCompose((first) -> this.next.async().sendRecv(new Question(first.number()), Answer.class)));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void theSecondCallOfAPublisherKeepsToTheDeadlineToo(Scope scope) {
		assertKeepsToTheDeadline(scope,
				() -> this.next.reactive()
					.sendRecv(new Question(1), Answer.class)
					.map(CallContextTests::awaitDeadline)
					.flatMap((first) -> this.next.reactive().sendRecv(new Question(first.number()), Answer.class))
					.toFuture());
	}

	private static Answer awaitDeadline(Answer first) {
		assertThat(Deadline.current().remaining()).isPresent();
		await().until(Deadline.current()::isPassed);
		return first;
	}

	private void assertKeepsToTheDeadline(Scope scope, Supplier<CompletableFuture<Answer>> chain) {
		CompletableFuture<Answer> outcome = new CompletableFuture<>();
		handle(scope, (ask) -> {
			CompletableFuture<Answer> answered = chain.get();
			answered.whenComplete((answer, error) -> outcome.completeExceptionally(error));
			// Its caller cancels the copy, as it gives up, and so not the chain.
			return answered.copy();
		});
		CompletableFuture<?> unused = this.connection.async()
			.sendRecv(new Ask(), Answer.class, CallSettings.DEFAULT.timeout(Duration.ofMillis(500)));
		assertThat(outcome).failsWithin(LONG)
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining("has given up");
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aFluxOutlivesTheDeadlineOfTheCallThatItsFirstReplyAnswers(Scope scope) {
		handle(scope, (ask) -> {
			Deadline deadline = Deadline.current();
			assertThat(deadline.remaining()).isPresent();
			return Flux.range(0, 3)
				.concatMap((i) -> Mono.fromCallable(() -> awaitPassed((i > 0) ? deadline : null))
					.subscribeOn(Schedulers.boundedElastic())
					.then(this.next.reactive().sendRecv(new Question(i), Answer.class)), 1);
		});
		try (var stream = this.connection.newStream()) {
			assertThat(stream.sendRecv(new Ask(), Answer.class, CallSettings.DEFAULT.timeout(Duration.ofSeconds(2))))
				.isEqualTo(new Answer(1));
			assertThat(stream.reactive().recvAll(Answer.class).collectList().block(LONG)).containsExactly(new Answer(2),
					new Answer(3));
		}
	}

	private static boolean awaitPassed(@Nullable Deadline deadline) {
		if (deadline != null) {
			await().until(deadline::isPassed);
		}
		return true;
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aConversationOutlivesTheDeadlineOfTheCallThatItAnswered(Scope scope) {
		AdaptiveNode talking = this.nodes.node(scope);
		Service service = Service.named("test", "talk").handle(Ask.class, (ask, stream) -> {
			Deadline deadline = Deadline.current();
			assertThat(deadline.remaining()).isPresent();
			stream.send(new Answer(0));
			assertThat(Deadline.current().remaining()).isEmpty();
			await().until(deadline::isPassed);
			return new Answer(stream.recv(Question.class).number());
		});
		talking.newServer().publish(service);
		try (var stream = this.nodes.connect(this.nodes.node(scope), scope, service.name()).newStream()) {
			assertThat(stream.sendRecv(new Ask(), Answer.class, CallSettings.DEFAULT.timeout(Duration.ofSeconds(2))))
				.isEqualTo(new Answer(0));
			stream.send(new Question(5));
			assertThat(stream.async().recv(Answer.class)).succeedsWithin(LONG).isEqualTo(new Answer(5));
		}
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aChainOfFuturesOutlivesTheDeadlineOfTheCallThatWasAnswered(Scope scope) {
		CompletableFuture<Answer> outcome = new CompletableFuture<>();
		handle(scope, (ask) -> {
			Deadline deadline = Deadline.current();
			this.next.async()
				.sendRecv(new Wait(), Answer.class)
				.thenApply((first) -> awaitPassed(deadline))
				.thenCompose((passed) -> this.next.async().sendRecv(new Question(1), Answer.class))
				.whenComplete((answer, error) -> {
					outcome.complete(answer);
					outcome.completeExceptionally((error != null) ? error : new AssertionError());
				});
			return new Answer(0);
		});
		this.connection.sendRecv(new Ask(), Answer.class, CallSettings.DEFAULT.timeout(Duration.ofSeconds(2)));
		this.goOn.countDown();
		assertThat(outcome).succeedsWithin(LONG).isEqualTo(new Answer(2));
	}

	@Test
	void whatIsHandedToAnotherThreadIsNoRetry() {
		TraceTag tag = new TraceTag(new TraceToken(UUID.randomUUID(), 0), 1);
		PropagatedContext retry = new PropagatedContext(0, false, tag, null, tag, null);
		assertThat(retry.withoutDeadline()).isEqualTo(new PropagatedContext(0, false, tag, null, null, null));
	}

	@Test
	void aThreadIsLeftAsItWas() {
		PropagatedContext outer = new PropagatedContext(System.nanoTime() + LONG.toNanos());
		CallContext.Binding bound = PropagatedContext.bind(outer);
		try {
			handle(Scope.PROCESS, (ask) -> new Answer(0));
			ask();
			assertThat(PropagatedContext.current()).isSameAs(outer);
		}
		finally {
			bound.close();
		}
		assertThat(PropagatedContext.current()).isNull();
	}

	@Test
	void aCallAfterTheDeadlineIsNotSent() {
		handle(Scope.OS, (ask) -> new Answer(0));
		CallContext.Binding bound = PropagatedContext.bind(new PropagatedContext(System.nanoTime() - 1));
		try {
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(this::ask)
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
			assertThat(List.copyOf(this.observer.handled)).isEmpty();
		}
		finally {
			bound.close();
		}
	}

	record Ask() {
	}

	record Question(int number) {
	}

	record Wait() {
	}

	record Numbers() {
	}

	record Answer(int number) {
	}

}
