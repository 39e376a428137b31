package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.PendingLimits;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asynchronous calls to a peer that takes none are refused beyond a bound. Those that
 * were not are answered later, and blocking calls wait.
 */
@Timeout(60)
class PendingCallTests {

	private static final ServiceName SERVICE = new ServiceName("test", "asks");

	private static final Duration LONG = Duration.ofSeconds(20);

	/** More than there is credit for, but so few that a missing bound shows soon. */
	private static final int MANY = 2_000;

	/** Credit of a stream: 1,024 calls, or 4 of 64 KB. */
	private static final Limits LIMITS = new Limits(1 << 20, 256 * 1024, 1 << 20);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	/** The service takes no message of a stream before. */
	private final CountDownLatch opened = new CountDownLatch(1);

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void callsThatWaitForCreditAreBoundedByTheirNumber(Scope scope) throws Exception {
		MessageStream stream = stream(scope, new PendingLimits(7, 1 << 20));
		List<CompletableFuture<Answer>> calls = callUntilRefused(stream, 0);
		AdaptiveException refusal = refusal(calls.remove(calls.size() - 1));
		assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
		assertThat(refusal.delivery()).isEqualTo(Delivery.NOT_SENT);
		assertThat(refusal).hasMessageStartingWith("7 messages of 1 KB wait for credit on ")
			.hasMessageContaining("adaptive.link.max-pending-messages");
		Ask more = new Ask(-1, new byte[0]);
		assertThat(refusal(untilRefused(() -> stream.async().send(more)))).as("sends count as calls do")
			.hasMessageStartingWith("7 messages of 1 KB wait for credit on ");
		assertThat(refusal(untilRefused(() -> stream.reactive().sendRecv(more, Answer.class).toFuture())))
			.hasMessageStartingWith("7 messages of 1 KB wait for credit on ");
		answeredOnceOpened(stream, calls);
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void callsThatWaitForCreditAreBoundedByTheirBytes(Scope scope) throws Exception {
		MessageStream stream = stream(scope, new PendingLimits(1000, 128 * 1024));
		List<CompletableFuture<Answer>> calls = callUntilRefused(stream, 64 * 1024);
		assertThat(refusal(calls.remove(calls.size() - 1)))
			.hasMessageStartingWith("2 messages of 128 KB wait for credit on ");
		answeredOnceOpened(stream, calls);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aCallThatIsGivenUpMakesRoom(Scope scope) {
		MessageStream stream = stream(scope, new PendingLimits(7, 1 << 20));
		List<CompletableFuture<Answer>> calls = callUntilRefused(stream, 0);
		calls.get(calls.size() - 2).cancel(false);
		CompletableFuture<Answer> next = stream.async().sendRecv(new Ask(MANY, new byte[0]), Answer.class);
		assertThat(next).isNotDone();
		this.opened.countDown();
		assertThat(next).succeedsWithin(LONG).isEqualTo(new Answer(MANY));
	}

	@SlowTest
	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void blockingCallsWait(Scope scope) throws Exception {
		MessageStream stream = stream(scope, new PendingLimits(1, 1 << 20));
		List<CompletableFuture<Answer>> calls = callUntilRefused(stream, 0);
		calls.remove(calls.size() - 1);
		CompletableFuture<Answer> blocking = new CompletableFuture<>();
		Thread caller = new Thread(() -> blocking
			.completeAsync(() -> stream.sendRecv(new Ask(MANY, new byte[0]), Answer.class), Runnable::run));
		caller.start();
		Awaitility.await().atMost(LONG).until(() -> caller.getState() == Thread.State.WAITING);
		assertThat(blocking).isNotDone();
		answeredOnceOpened(stream, calls);
		assertThat(blocking).succeedsWithin(LONG).isEqualTo(new Answer(MANY));
	}

	private void answeredOnceOpened(MessageStream stream, List<CompletableFuture<Answer>> calls) {
		assertThat(calls).noneMatch(CompletableFuture::isDone);
		this.opened.countDown();
		for (int i = 0; i < calls.size(); i++) {
			assertThat(calls.get(i)).succeedsWithin(LONG).isEqualTo(new Answer(i));
		}
		assertThat(stream.async().sendRecv(new Ask(MANY, new byte[0]), Answer.class)).succeedsWithin(LONG)
			.isEqualTo(new Answer(MANY));
	}

	/**
	 * Returns the calls, of which the last was refused.
	 */
	private static List<CompletableFuture<Answer>> callUntilRefused(MessageStream stream, int size) {
		List<CompletableFuture<Answer>> calls = new ArrayList<>();
		byte[] content = new byte[size];
		for (int i = 0; i < MANY; i++) {
			CompletableFuture<Answer> call = stream.async().sendRecv(new Ask(i, content), Answer.class);
			calls.add(call);
			if (call.isCompletedExceptionally()) {
				return calls;
			}
		}
		throw new AssertionError("No call was refused");
	}

	/**
	 * Repeats what is not refused, since credit has arrived meanwhile.
	 */
	private static CompletableFuture<?> untilRefused(Supplier<CompletableFuture<?>> sending) {
		return Stream.generate(sending)
			.limit(MANY)
			.filter(CompletableFuture::isCompletedExceptionally)
			.findFirst()
			.orElseThrow();
	}

	private static AdaptiveException refusal(CompletableFuture<?> refused) {
		assertThat(refused).isCompletedExceptionally();
		return (AdaptiveException) refused.handle((answer, error) -> error).join();
	}

	private MessageStream stream(Scope scope, PendingLimits pending) {
		LinkSettings usual = LinkSettings.DEFAULT;
		LinkSettings settings = new LinkSettings(LIMITS, pending, usual.handshakeTimeout(), usual.pingAfter(),
				usual.deadAfter());
		this.nodes.node((builder) -> builder.linkSettings(settings), scope)
			.newServer()
			.publish(Service.named(SERVICE)
				.onStreamOpen((opening) -> awaitOpened())
				.handle(Ask.class, (ask) -> new Answer(ask.number())));
		return this.nodes.connect(this.nodes.node((builder) -> builder.linkSettings(settings), scope), scope, SERVICE)
			.newStream();
	}

	private void awaitOpened() {
		try {
			this.opened.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Ask(int number, byte[] content) {
	}

	record Answer(int number) {
	}

}
