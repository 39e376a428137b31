package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.adaptive.fixture.TestNodes;
import io.adaptive.handler.ReplyHandler;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.server.ServiceStatus;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.MessageStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * The calls that a handler makes when its caller gives up, which must reach those calls,
 * all of them, and no others.
 */
class NestedCancelTests {

	private static final ServiceName FIRST = new ServiceName("test", "first");

	private static final ServiceName NEXT = new ServiceName("test", "next");

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final CallSettings PATIENT = CallSettings.DEFAULT.timeout(Duration.ofMinutes(5));

	private static final int TIMES = 200;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CompletableFuture<?> held = new CompletableFuture<>();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private final AtomicInteger holding = new AtomicInteger();

	private AdaptiveNode server;

	private AdaptiveNode last;

	private Connection next;

	private Connection connection;

	private void start(Scope scope, ReplyHandler<Ask> handler) {
		this.last = this.nodes.node(scope);
		this.last.newServer()
			.publish(Service.named(NEXT)
				.handle(Hold.class, (hold, stream) -> hold(stream))
				.handle(Wait.class, (wait) -> {
					this.held.complete(null);
					assertThat(this.goOn.await(30, TimeUnit.SECONDS)).isTrue();
					return new Text("waited");
				})
				.handle(Text.class, (text) -> text)
				.handle(Two.class, (two, stream) -> {
					stream.send(new Text("1"));
					return new Text("2");
				}));
		this.server = this.nodes.node(scope);
		this.next = this.nodes.connect(this.server, scope, NEXT);
		this.server.newServer()
			.publish(Service.named(FIRST).handle(Ask.class, handler).handle(Text.class, (text) -> text));
		this.connection = this.nodes.connect(this.nodes.node(scope), scope, FIRST);
	}

	private Text hold(ContextStream stream) {
		this.holding.incrementAndGet();
		this.held.complete(null);
		eventually().until(stream::isCancelled);
		this.holding.decrementAndGet();
		return new Text("too late");
	}

	private static ConditionFactory eventually() {
		return await().atMost(LONG).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
	}

	private CompletableFuture<Text> ask() {
		return this.connection.async().sendRecv(new Ask(), Text.class, PATIENT);
	}

	private static long inFlight(AdaptiveNode node, ServiceName service) {
		return node.view()
			.services()
			.stream()
			.filter((each) -> each.service().equals(service))
			.mapToLong(ServiceStatus::inFlight)
			.sum();
	}

	private void assertNothingIsLeft() {
		eventually().untilAsserted(() -> assertThat(this.server.view().connections())
			.allSatisfy((each) -> assertThat(each.callsSent()).isZero()));
		eventually().untilAsserted(() -> assertThat(inFlight(this.server, FIRST)).isZero());
		eventually().untilAsserted(() -> assertThat(inFlight(this.last, NEXT)).isZero());
		eventually().untilAsserted(() -> assertThat(this.holding).hasValue(0));
	}

	/**
	 * Does something at about the same moment as the test goes on.
	 */
	private static void soon(int round, Runnable work) {
		new Thread(() -> {
			LockSupport.parkNanos(round * 1_000L);
			work.run();
		}).start();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aCancelMeetsTheBeginningOfTheNestedCall(Scope scope) {
		CompletableFuture<?>[] begun = new CompletableFuture<?>[1];
		List<CompletableFuture<Throwable>> ends = new ArrayList<>();
		start(scope, (ask) -> {
			CompletableFuture<Throwable> end = ends.get(ends.size() - 1);
			begun[0].complete(null);
			Throwable failure = catchThrowable(() -> this.next.sendRecv(new Hold(), Text.class, PATIENT));
			end.complete(failure);
			throw (RuntimeException) failure;
		});
		for (int i = 0; i < TIMES; i++) {
			CompletableFuture<Throwable> end = new CompletableFuture<>();
			ends.add(end);
			begun[0] = new CompletableFuture<>();
			CompletableFuture<Text> answer = ask();
			assertThat(begun[0]).succeedsWithin(LONG);
			LockSupport.parkNanos(i % 50 * 2_000L);
			answer.cancel(false);
			assertThat(end).succeedsWithin(LONG)
				.satisfies((error) -> assertThat(((AdaptiveException) error).code()).isEqualTo(ErrorCode.CANCELLED));
		}
		assertNothingIsLeft();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aCancelMeetsTheReplyAndReachesNoOtherCall(Scope scope) {
		start(scope, (ask) -> this.next.sendRecv(new Text("reply"), Text.class, PATIENT));
		for (int i = 0; i < TIMES; i++) {
			CompletableFuture<Text> other = this.connection.async().sendRecv(new Ask(), Text.class, PATIENT);
			CompletableFuture<Text> answer = ask();
			soon(i % 100, () -> answer.cancel(false));
			assertThat(other).succeedsWithin(LONG).isEqualTo(new Text("reply"));
			assertThat(this.connection.sendRecv(new Text("after"), Text.class, PATIENT)).isEqualTo(new Text("after"));
		}
		assertNothingIsLeft();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aReceiveThatIsCancelledAsItsMessageArrivesLosesNoMessage(Scope scope) {
		List<MessageStream> streams = new ArrayList<>();
		List<CompletableFuture<Integer>> ends = new ArrayList<>();
		Semaphore begun = new Semaphore(0);
		start(scope, (ask) -> {
			CompletableFuture<Integer> end = ends.get(ends.size() - 1);
			begun.release();
			try {
				streams.get(streams.size() - 1).recv(Text.class);
				end.complete(1);
			}
			finally {
				end.complete(0);
			}
			return new Text("received");
		});
		int cancelled = 0;
		Connection source = this.nodes.connect(this.server, scope, NEXT);
		for (int i = 0; i < TIMES; i++) {
			try (MessageStream stream = source.newStream()) {
				streams.add(stream);
				CompletableFuture<Integer> end = new CompletableFuture<>();
				ends.add(end);
				CompletableFuture<Text> answer = ask();
				begun.acquireUninterruptibly();
				soon(i % 100, () -> answer.cancel(false));
				stream.send(new Two());
				int received = end.orTimeout(30, TimeUnit.SECONDS).join();
				for (int number = received + 1; number <= 2; number++) {
					assertThat(stream.async().recv(Text.class)).succeedsWithin(LONG)
						.isEqualTo(new Text(String.valueOf(number)));
				}
				cancelled += 1 - received;
			}
		}
		System.out.printf("%s: %d of %d receives were cancelled%n", scope, cancelled, TIMES);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void whatIsCalledAfterTheCancelFailsAtOnceUnlessItIsDetached(Scope scope) {
		CompletableFuture<List<Throwable>> failures = new CompletableFuture<>();
		CompletableFuture<Text> audited = new CompletableFuture<>();
		CompletableFuture<Boolean> limited = new CompletableFuture<>();
		start(scope, (ask) -> {
			catchThrowable(() -> this.next.sendRecv(new Hold(), Text.class, PATIENT));
			failures.complete(List.of(catchThrowable(() -> this.next.sendRecv(new Text("a"), Text.class)),
					catchThrowable(() -> this.next.send(new Text("b"))),
					catchThrowable(() -> this.next.recv(Text.class)),
					catchThrowable(() -> this.next.async().sendRecv(new Text("c"), Text.class).get()).getCause(),
					catchThrowable(() -> this.next.reactive().sendRecv(new Text("d"), Text.class).block()),
					catchThrowable(() -> this.server.newClient().discover(NEXT)),
					catchThrowable(() -> this.server.newClient().lazy(NEXT).sendRecv(new Text("e"), Text.class))));
			limited.complete(PropagatedContext.detach(() -> Deadline.current().remaining().isPresent()));
			PropagatedContext.detach(() -> this.next.send(new Text("f")));
			audited.complete(PropagatedContext.detach(() -> this.next.sendRecv(new Text("g"), Text.class)));
			return new Text("");
		});
		CompletableFuture<Text> answer = ask();
		assertThat(this.held).succeedsWithin(LONG);
		answer.cancel(false);
		assertThat(failures).succeedsWithin(LONG).satisfies((all) -> assertThat(all).hasSize(7).allSatisfy((error) -> {
			assertThat(((AdaptiveException) error).code()).isEqualTo(ErrorCode.CANCELLED);
			assertThat(((AdaptiveException) error).delivery()).isEqualTo(Delivery.NOT_SENT);
		}));
		assertThat(limited).succeedsWithin(LONG).isEqualTo(false);
		assertThat(audited).succeedsWithin(LONG).isEqualTo(new Text("g"));
		assertNothingIsLeft();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aDetachedCallGoesOnInEveryForm(Scope scope) {
		List<Supplier<Text>> forms = List.of(() -> this.next.sendRecv(new Wait(), Text.class, PATIENT),
				() -> this.next.async().sendRecv(new Wait(), Text.class, PATIENT).join(),
				() -> this.next.reactive().sendRecv(new Wait(), Text.class, PATIENT).block(),
				() -> this.server.newClient().lazy(NEXT).sendRecv(new Wait(), Text.class, PATIENT));
		List<CompletableFuture<Text>> results = forms.stream().map((form) -> new CompletableFuture<Text>()).toList();
		AtomicInteger number = new AtomicInteger();
		CountDownLatch begun = new CountDownLatch(forms.size());
		start(scope, (ask) -> {
			int form = number.getAndIncrement();
			begun.countDown();
			results.get(form).complete(PropagatedContext.detach(forms.get(form)));
			return new Text("");
		});
		List<CompletableFuture<Text>> answers = new ArrayList<>();
		forms.forEach((form) -> answers.add(ask()));
		assertThat(catchThrowable(begun::await)).isNull();
		eventually().until(() -> inFlight(this.last, NEXT) == forms.size());
		answers.forEach((answer) -> answer.cancel(false));
		for (CompletableFuture<Text> answer : answers) {
			assertThat(answer).isCancelled();
		}
		assertThat(this.connection.sendRecv(new Text("after"), Text.class, PATIENT)).isEqualTo(new Text("after"));
		assertThat(inFlight(this.last, NEXT)).isEqualTo(forms.size());
		this.goOn.countDown();
		results.forEach((result) -> assertThat(result).succeedsWithin(LONG).isEqualTo(new Text("waited")));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void anAnsweredCallLetsWhatItBeganGoOn(Scope scope) {
		CompletableFuture<Text> later = new CompletableFuture<>();
		start(scope, (ask) -> {
			this.next.async().sendRecv(new Wait(), Text.class, PATIENT).thenAccept(later::complete);
			return new Text("answered");
		});
		assertThat(ask()).succeedsWithin(LONG).isEqualTo(new Text("answered"));
		this.connection.close();
		assertThat(this.held).succeedsWithin(LONG);
		this.goOn.countDown();
		assertThat(later).succeedsWithin(LONG).isEqualTo(new Text("waited"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void whatAOneWayMessageBeganGoesOnWhenItsConnectionEnds(Scope scope) {
		CompletableFuture<Text> later = new CompletableFuture<>();
		start(scope, (ask) -> {
			later.complete(this.next.sendRecv(new Wait(), Text.class, PATIENT));
			return null;
		});
		CompletableFuture<?> sent = CompletableFuture.runAsync(() -> this.connection.send(new Ask()));
		assertThat(this.held).succeedsWithin(LONG);
		this.connection.close();
		this.goOn.countDown();
		assertThat(later).succeedsWithin(LONG).isEqualTo(new Text("waited"));
		assertThat(sent).succeedsWithin(LONG);
	}

	record Ask() {
	}

	record Hold() {
	}

	record Wait() {
	}

	record Two() {
	}

	record Text(String text) {
	}

}
