package io.adaptive.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.adaptive.handler.ReplyHandler;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.ProcessSpace;
import io.adaptive.server.Service;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.Deadline;
import io.adaptive.stream.MessageObserver;
import io.adaptive.stream.ObservedMessage;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CallContextAccessor}, as the messages that a handler sends show it.
 */
class CallContextAccessorTests {

	private static final ServiceName FIRST = new ServiceName("test", "first");

	private static final ServiceName NEXT = new ServiceName("test", "next");

	private static final boolean VIRTUAL = Runtime.version().feature() >= 21;

	private static final Duration LONG = Duration.ofSeconds(50);

	private final Watch watch = new Watch();

	private final AdaptiveNode node = AdaptiveNode.builder()
		.inMemory(new ProcessSpace())
		.callerContext(new ThreadContext(ContextRegistry.getInstance()))
		.messageObserver(this.watch)
		.build();

	private final Connection next = this.node.newClient().lazy(NEXT);

	@AfterEach
	void close() {
		this.node.close();
	}

	private Said ask(ReplyHandler<Ask> handler) {
		this.node.newServer().publish(Service.named(NEXT).handle(AskNext.class, (ask) -> new Said("next")));
		this.node.newServer().publish(Service.named(FIRST).handle(Ask.class, handler));
		return this.node.newClient()
			.discover(FIRST)
			.sendRecv(new Ask(), Said.class, CallSettings.DEFAULT.timeout(LONG));
	}

	private Said askNext() {
		return this.next.sendRecv(new AskNext(), Said.class);
	}

	private void assertSentWithinTheHandler() {
		assertThat(this.watch.sent).containsExactly("AskNext within Ask");
	}

	@Test
	void isFoundByTheServiceLoader() {
		assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
			.hasAtLeastOneElementOfType(CallContextAccessor.class);
	}

	@Test
	void workOfAContextPropagatingExecutorIsSentWithinTheHandler() {
		ExecutorService plain = Executors.newSingleThreadExecutor();
		Supplier<ContextSnapshot> snapshot = () -> ContextSnapshotFactory.builder().build().captureAll();
		ExecutorService propagating = ContextExecutorService.wrap(plain, snapshot);
		assertThat(ask((ask) -> CompletableFuture.supplyAsync(this::askNext, propagating))).isEqualTo(new Said("next"));
		assertSentWithinTheHandler();
		assertThat(CompletableFuture.supplyAsync(CallContext::current, plain)).succeedsWithin(LONG).isNull();
		plain.shutdown();
	}

	@Test
	void workOfSpringsAsynchronousExecutorIsSentWithinTheHandler() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
		ask((ask) -> executor.submitCompletable(this::askNext));
		assertSentWithinTheHandler();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void workOfVirtualThreadsIsSentWithinTheHandler() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		executor.setVirtualThreads(true);
		executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
		ask((ask) -> executor.submitCompletable(this::askNext));
		assertSentWithinTheHandler();
	}

	private static Stream<Function<Runnable, Thread>> threads() {
		Supplier<ContextSnapshot> snapshot = () -> ContextSnapshotFactory.builder().build().captureAll();
		Function<Runnable, Thread> platform = (work) -> new Thread(snapshot.get().wrap(work));
		return VIRTUAL ? Stream.of(platform, (work) -> virtual(snapshot.get().wrap(work))) : Stream.of(platform);
	}

	private static Thread virtual(Runnable work) {
		return new VirtualThreadTaskExecutor("virtual-").getVirtualThreadFactory().newThread(work);
	}

	@ParameterizedTest
	@MethodSource("threads")
	void aCancelReachesWhatIsCalledOnAnotherThread(Function<Runnable, Thread> thread) {
		CompletableFuture<Throwable> nested = new CompletableFuture<>();
		CompletableFuture<?> asked = new CompletableFuture<>();
		CompletableFuture<Said> never = new CompletableFuture<>();
		this.node.newServer().publish(Service.named(NEXT).handle(AskNext.class, (ask) -> {
			asked.complete(null);
			return never;
		}));
		this.node.newServer().publish(Service.named(FIRST).handle(Ask.class, (ask) -> {
			thread.apply(() -> nested.complete(catchThrowable(this::askNext))).start();
			throw (RuntimeException) nested.get();
		}));
		CompletableFuture<Said> answer = this.node.newClient()
			.discover(FIRST)
			.async()
			.sendRecv(new Ask(), Said.class, CallSettings.DEFAULT.timeout(LONG));
		assertThat(asked).succeedsWithin(LONG);
		answer.cancel(false);
		assertThat(nested).succeedsWithin(LONG)
			.satisfies((error) -> assertThat(((AdaptiveException) error).code()).isEqualTo(ErrorCode.CANCELLED));
		await().untilAsserted(() -> assertThat(never).isCancelled());
	}

	@Test
	void theDeadlineGoesToOtherThreadsUnlessTheWorkIsDetached() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
		executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
		Said said = ask((ask) -> {
			boolean elsewhere = executor.submitCompletable(() -> Deadline.current().remaining().isPresent()).join();
			boolean detached = CallContext
				.detach(() -> executor.submitCompletable(() -> Deadline.current().remaining().isPresent()))
				.join();
			ContextSnapshot captured = ContextSnapshotFactory.builder().build().captureAll();
			boolean within;
			try (ContextSnapshot.Scope scope = captured.setThreadLocals()) {
				within = scope != null && Deadline.current().remaining().isPresent();
			}
			return new Said(
					elsewhere + " " + detached + " " + within + " " + Deadline.current().remaining().isPresent());
		});
		assertThat(said).isEqualTo(new Said("true false true true"));
	}

	@Test
	void aCallWithinTheProcessHasTheContextOfItsOwnHandler() {
		Said said = ask((ask) -> {
			CallContext own = CallContext.current();
			this.node.newServer()
				.publish(Service.named("test", "third")
					.handle(AskThird.class, (third) -> new Said(String.valueOf(CallContext.current() == own))));
			return this.node.newClient()
				.discover(new ServiceName("test", "third"))
				.sendRecv(new AskThird(), Said.class);
		});
		assertThat(said).isEqualTo(new Said("false"));
		assertThat(this.watch.sent).containsExactly("AskThird within Ask");
	}

	record Ask() {
	}

	record AskNext() {
	}

	record AskThird() {
	}

	record Said(String text) {
	}

	/**
	 * Notes which message a message was sent within.
	 */
	private static final class Watch implements MessageObserver {

		private final Queue<String> sent = new ConcurrentLinkedQueue<>();

		private static String name(ObservedMessage message) {
			return List.of(message.type().split("\\$")).get(1);
		}

		@Override
		public @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
			if (within instanceof Handled handled) {
				this.sent.add(name(message) + " within " + handled.type);
			}
			return null;
		}

		@Override
		public Handling handling(ObservedMessage message) {
			return new Handled(name(message));
		}

	}

	private record Handled(String type) implements MessageObserver.Handling {

		@Override
		public void ended(@Nullable Throwable error) {
			// Only sending matters here.
		}

	}

}
