package io.adaptive.internal.stream;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.MessageType;
import io.adaptive.message.MessageTypeMismatchException;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.ReferencePayload;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InboxTests {

	private static final Termination CLOSED = new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "closed"));

	private final Inbox inbox = new Inbox(true);

	/** Told by many threads. */
	private final Queue<InboxItem> taken = new ConcurrentLinkedQueue<>();

	private final Queue<InboxItem> refused = new ConcurrentLinkedQueue<>();

	private static InboxItem item(Object message) {
		return new InboxItem.Delivered(new ReferencePayload(message), 0, null, Envelope.Message.Role.ORDINARY);
	}

	private Inbox.Waiter take(Class<?> type) {
		return this.inbox.take((item) -> item.check(MessageType.of(type)), this.taken::add, this.refused::add);
	}

	private static Inbox.Waiter claimed(Inbox.Waiter waiter) {
		assertThat(waiter.claim()).isTrue();
		return waiter;
	}

	@Test
	void whatIsToldOfAnArrivalRunsOutsideOfTheLock() {
		Inbox.Waiter first = this.inbox.take((item) -> {
		}, (item) -> assertThat(CompletableFuture.supplyAsync(() -> this.inbox.add(item(2))))
			.succeedsWithin(Duration.ofSeconds(30)), this.refused::add);
		this.inbox.add(item(1));
		claimed(first);
		assertThat(first).isCompletedWithValue(item(1));
		assertThat(take(Integer.class)).isCompletedWithValue(item(2));
	}

	@Test
	void whatComesFirstIsReceivedFirst() {
		for (int i = 0; i < 10; i++) {
			assertThat(this.inbox.add(item(i))).isEqualTo(Inbox.Added.KEPT);
		}
		for (int i = 0; i < 10; i++) {
			assertThat(take(Integer.class)).isCompletedWithValue(item(i));
		}
		assertThat(take(Integer.class)).isNotDone();
	}

	@Test
	void whoWaitsFirstIsServedFirst() {
		List<Inbox.Waiter> waiters = List.of(take(Integer.class), take(Integer.class));
		this.inbox.add(item(1));
		assertThat(waiters.get(0)).isCompletedWithValue(item(1));
		assertThat(waiters.get(1)).isNotDone();
		this.inbox.add(item(2));
		assertThat(waiters.get(1)).isCompletedWithValue(item(2));
	}

	@Test
	void whatDoesNotFitStaysForTheNextWhoWaits() {
		Inbox.Waiter wrong = take(String.class);
		Inbox.Waiter right = take(Integer.class);
		this.inbox.add(item(1));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(wrong::join)
			.withCauseInstanceOf(MessageTypeMismatchException.class);
		assertThat(right).isCompletedWithValue(item(1));
	}

	@Test
	void onceEndedItGivesWhatItHoldsThenTheEndAgainAndAgain() {
		this.inbox.add(item(1));
		this.inbox.end(CLOSED);
		this.inbox.end(new Termination.EndOfStream(1, new ErrorInfo(ErrorCode.OK, "later")));
		assertThat(this.inbox.add(item(2))).as("too late").isEqualTo(Inbox.Added.ENDED);
		assertThat(take(Integer.class)).isCompletedWithValue(item(1));
		assertThat(take(Integer.class)).isCompletedWithValue(new InboxItem.Ended(CLOSED));
		assertThat(take(String.class)).isCompletedWithValue(new InboxItem.Ended(CLOSED));
	}

	@Test
	void theEndWakesAllWhoWait() {
		List<Inbox.Waiter> waiters = List.of(take(Integer.class), take(String.class), take(Integer.class));
		this.inbox.end(CLOSED);
		assertThat(waiters)
			.allSatisfy((waiter) -> assertThat(waiter).isCompletedWithValue(new InboxItem.Ended(CLOSED)));
	}

	@Test
	void whoHasGotTheEndKeepsItThoughTheWaitIsGivenUp() {
		Inbox.Waiter waiter = take(Integer.class);
		this.inbox.end(CLOSED);
		assertThat(waiter.giveUp()).isFalse();
		assertThat(claimed(waiter)).isCompletedWithValue(new InboxItem.Ended(CLOSED));
	}

	@Test
	void whoNoLongerWaitsGetsNothing() {
		Inbox.Waiter patient = take(Integer.class);
		Inbox.Waiter impatient = take(Integer.class);
		assertThat(impatient.giveUp()).isTrue();
		assertThat(impatient.giveUp()).as("again").isFalse();
		this.inbox.add(item(1));
		this.inbox.add(item(2));
		assertThat(patient).isCompletedWithValue(item(1));
		assertThat(claimed(patient).giveUp()).as("has got something").isFalse();
		assertThat(impatient).isNotDone();
		assertThat(take(Integer.class)).isCompletedWithValue(item(2));
	}

	@Test
	void whatAnEndedInboxHeldIsToldAndNotReceivedOnceCleared() {
		this.inbox.add(item(1));
		this.inbox.add(item(2));
		assertThat(this.inbox.end(CLOSED)).containsExactly(item(1), item(2));
		this.inbox.clear();
		assertThat(take(Integer.class)).isCompletedWithValueMatching(InboxItem.Ended.class::isInstance);
	}

	@RepeatedTest(50)
	void manyThreadsReceiveEachArrivalOnce() throws Exception {
		int each = 200;
		AtomicInteger next = new AtomicInteger();
		Set<Object> received = ConcurrentHashMap.newKeySet();
		ParallelThreads.run(8, (number) -> {
			for (int i = 0; i < each; i++) {
				if (number < 4) {
					this.inbox.add(item(next.incrementAndGet()));
				}
				else {
					InboxItem item = take(Integer.class).get(50, TimeUnit.SECONDS);
					assertThat(received.add(item.as(MessageType.of(Integer.class)))).isTrue();
				}
			}
		});
		assertThat(received).hasSize(4 * each);
	}

	@RepeatedTest(200)
	void anArrivalThatMeetsAWithdrawalIsEitherReceivedOrStays() throws Exception {
		Inbox.Waiter waiter = take(Integer.class);
		AtomicInteger withdrawn = new AtomicInteger();
		ParallelThreads.run(3, (number) -> {
			if (number == 0) {
				this.inbox.add(item(1));
			}
			else if (number == 1) {
				waiter.get(50, TimeUnit.SECONDS);
				waiter.claim();
			}
			else if (waiter.giveUp()) {
				withdrawn.set(1);
				waiter.complete(item(0));
			}
		});
		if (withdrawn.get() == 1) {
			assertThat(this.taken).isEmpty();
			assertThat(claimed(take(Integer.class))).isCompletedWithValue(item(1));
		}
		else {
			assertThat(waiter).isCompletedWithValue(item(1));
			assertThat(take(Integer.class)).isNotDone();
		}
		assertThat(this.taken).containsExactly(item(1));
	}

	@Test
	void arrivalsThatAreGivenBackAreReceivedInTheirOrderBeforeAllOthers() {
		IntStream.rangeClosed(1, 4).forEach((i) -> this.inbox.add(item(i)));
		Inbox.Waiter first = take(Integer.class);
		Inbox.Waiter second = take(Integer.class);
		Inbox.Waiter third = claimed(take(Integer.class));
		assertThat(first.giveUp()).isTrue();
		assertThat(first.giveUp()).as("again").isFalse();
		assertThat(first.claim()).as("given back").isFalse();
		assertThat(second.giveUp()).isTrue();
		assertThat(third.giveUp()).as("claimed").isFalse();
		assertThat(this.taken).containsExactly(item(3));
		for (int i : List.of(1, 2, 4)) {
			assertThat(claimed(take(Integer.class))).isCompletedWithValue(item(i));
		}
		assertThat(this.taken).containsExactly(item(3), item(1), item(2), item(4));
	}

	@Test
	void anArrivalThatIsGivenBackGoesToTheNextWhoWaits() {
		Inbox.Waiter first = take(Integer.class);
		Inbox.Waiter second = take(Integer.class);
		this.inbox.add(item(1));
		assertThat(second).isNotDone();
		assertThat(first.giveUp()).isTrue();
		assertThat(claimed(second)).isCompletedWithValue(item(1));
	}

	@Test
	void anArrivalThatIsGivenBackAfterTheEndIsReceivedBeforeTheEndAndCountsOnce() {
		this.inbox.add(item(1));
		this.inbox.add(item(2));
		Inbox.Waiter first = take(Integer.class);
		assertThat(this.inbox.end(CLOSED)).containsExactly(item(2));
		assertThat(first.giveUp()).isTrue();
		assertThat(this.taken).containsExactly(item(1));
		assertThat(claimed(take(Integer.class))).isCompletedWithValue(item(1));
		assertThat(claimed(take(Integer.class))).isCompletedWithValue(item(2));
		Inbox.Waiter end = take(Integer.class);
		assertThat(end).isCompletedWithValue(new InboxItem.Ended(CLOSED));
		assertThat(end.giveUp()).isFalse();
		assertThat(claimed(take(Integer.class))).isCompletedWithValue(new InboxItem.Ended(CLOSED));
		assertThat(this.taken).containsExactly(item(1));
	}

	@Test
	void anArrivalThatIsGivenBackCountsAsHeldWhenTheInboxEnds() {
		this.inbox.add(item(1));
		this.inbox.add(item(2));
		assertThat(take(Integer.class).giveUp()).isTrue();
		assertThat(this.inbox.end(CLOSED)).containsExactly(item(1), item(2));
		assertThat(claimed(take(Integer.class))).isCompletedWithValue(item(1));
		assertThat(this.taken).isEmpty();
	}

	@Test
	void anArrivalThatIsGivenBackAfterTheConversationIsRefused() {
		this.inbox.add(item(1));
		Inbox.Waiter first = take(Integer.class);
		assertThat(this.inbox.close(CLOSED)).isEmpty();
		assertThat(first.giveUp()).isTrue();
		assertThat(this.refused).containsExactly(item(1));
		assertThat(this.taken).isEmpty();
	}

	@Test
	void anArrivalThatIsGivenBackToAClearedInboxCountsAsTaken() {
		this.inbox.add(item(1));
		Inbox.Waiter first = take(Integer.class);
		assertThat(this.inbox.end(CLOSED)).isEmpty();
		this.inbox.clear();
		assertThat(first.giveUp()).isTrue();
		assertThat(this.taken).containsExactly(item(1));
		assertThat(take(Integer.class)).isCompletedWithValue(new InboxItem.Ended(CLOSED));
	}

}
