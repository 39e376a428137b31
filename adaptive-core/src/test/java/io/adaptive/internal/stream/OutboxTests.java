package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.StreamResetException;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OutboxTests {

	private static final Termination CLOSED = new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "closed"));

	private final CreditCounter streamCredit = new CreditCounter(1000);

	private final SendCredit connectionCredit = new SendCredit(2000, 1000);

	private final Collection<Outbox> blocked = ConcurrentHashMap.newKeySet();

	private final ScopeTraffic traffic = new ScopeTraffic();

	private final List<Integer> requested = Collections.synchronizedList(new ArrayList<>());

	private final Outbox outbox = new Outbox(1, new OutboxCredit(this.streamCredit, this.connectionCredit),
			this.blocked, new PendingSends(PendingLimits.DEFAULT, this.traffic),
			(cost, call, before) -> this.requested.add(cost));

	private final List<Integer> sent = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger discarded = new AtomicInteger();

	private Numbered prepared(int number) {
		return new Numbered(number, () -> {
		});
	}

	private void grant(int bytes) {
		this.connectionCredit.grant(bytes, 1000);
		this.streamCredit.grant(bytes);
		this.outbox.pump();
	}

	@Test
	void whatHasCreditLeavesAtOnceAndTheRestInOrderWhenThereIsMore() {
		assertThat(this.outbox.send(prepared(1), 400)).isNull();
		assertThat(this.outbox.send(prepared(2), 400)).isNull();
		WaitingMessage third = this.outbox.send(prepared(3), 400);
		WaitingMessage fourth = this.outbox.send(prepared(4), 100);
		assertThat(this.sent).as("a small one does not overtake").containsExactly(1, 2);
		grant(400);
		assertThat(this.sent).containsExactly(1, 2, 3, 4);
		assertThat(third).isCompleted();
		assertThat(fourth).isCompleted();
		assertThat(this.blocked).isEmpty();
		assertThat(this.outbox.send(prepared(5), 100)).isNull();
	}

	@Test
	void creditIsNeededFromTheConnectionToo() {
		assertThat(this.connectionCredit.tryTake(1900)).isTrue();
		WaitingMessage waiting = this.outbox.send(prepared(1), 500);
		assertThat(waiting).isNotDone();
		assertThat(this.blocked).containsExactly(this.outbox);
		assertThat(this.streamCredit.available()).as("nothing was taken for what waits").isEqualTo(1000);
		this.connectionCredit.grant(1900, 1);
		this.blocked.forEach(Outbox::pump);
		assertThat(this.sent).containsExactly(1);
	}

	@Test
	void aMessageLargerThanTheCreditOfItsStreamLeavesWhenHalfOfThatIsThere() {
		this.connectionCredit.grant(98_000, 1);
		assertThat(this.outbox.send(prepared(1), 100_000)).isNull();
		WaitingMessage next = this.outbox.send(prepared(2), 1);
		grant(99_000);
		assertThat(next).as("still in debt").isNotDone();
		grant(1000);
		assertThat(this.sent).containsExactly(1, 2);
	}

	@Test
	void aMessageThatWaitsForItsConnectionAsksOnceAndLeavesWithWhatIsGrantedForIt() {
		assertThat(this.connectionCredit.tryTake(2000)).isTrue();
		WaitingMessage first = this.outbox.send(prepared(1), 500);
		this.outbox.send(prepared(2), 600);
		this.outbox.pump();
		assertThat(this.requested).as("of the first message, once").containsExactly(500);
		assertThat(this.outbox.granted(500, 1)).isTrue();
		assertThat(first).isCompleted();
		assertThat(this.sent).containsExactly(1);
		assertThat(this.connectionCredit.available()).isZero();
		assertThat(this.requested).as("then of the next").containsExactly(500, 600);
	}

	@Test
	void aMessageThatWaitsForItsStreamAsksTheConnectionForNothing() {
		assertThat(this.outbox.send(prepared(1), 900)).isNull();
		assertThat(this.outbox.send(prepared(2), 400)).isNotNull();
		assertThat(this.requested).isEmpty();
	}

	@Test
	void whatIsGrantedForAMessageThatWasWithdrawnIsForTheConnection() {
		assertThat(this.connectionCredit.tryTake(2000)).isTrue();
		WaitingMessage withdrawn = this.outbox.send(prepared(1), 500);
		assertThat(this.outbox.withdraw(withdrawn)).isTrue();
		assertThat(this.outbox.granted(500, 1)).isTrue();
		assertThat(this.connectionCredit.available()).isEqualTo(500);
		assertThat(this.sent).isEmpty();
	}

	@Test
	void whatIsWithdrawnNeverLeavesAndHoldsUpNobody() {
		assertThat(this.outbox.send(prepared(1), 900)).isNull();
		WaitingMessage large = this.outbox.send(prepared(2), 400);
		WaitingMessage small = this.outbox.send(prepared(3), 50);
		assertThat(small).isNotDone();
		assertThat(this.outbox.withdraw(large)).isTrue();
		assertThat(small).isCompleted();
		assertThat(this.outbox.withdraw(small)).as("has left").isFalse();
		assertThat(this.sent).containsExactly(1, 3);
		assertThat(this.discarded).hasValue(1);
	}

	@Test
	void theEndFailsWhatWaitsAndWhatComesLater() {
		assertThat(this.outbox.send(prepared(1), 1000)).isNull();
		WaitingMessage waiting = this.outbox.send(prepared(2), 1);
		this.outbox.end(CLOSED);
		assertThat(waiting).isCompletedExceptionally();
		assertThat(this.blocked).isEmpty();
		assertThatExceptionOfType(StreamResetException.class).isThrownBy(() -> this.outbox.send(prepared(3), 1));
		assertThat(this.discarded).hasValue(2);
		grant(1000);
		assertThat(this.sent).containsExactly(1);
	}

	@Test
	void nothingOvertakesWhatIsJustLeaving() throws Exception {
		CountDownLatch leaving = new CountDownLatch(1);
		CountDownLatch mayLeave = new CountDownLatch(1);
		assertThat(this.outbox.send(prepared(1), 1000)).isNull();
		WaitingMessage second = this.outbox.send(new Numbered(2, () -> {
			leaving.countDown();
			await(mayLeave);
		}), 100);
		Thread granting = new Thread(() -> grant(1000));
		granting.start();
		await(leaving);
		this.outbox.send(prepared(3), 100);
		mayLeave.countDown();
		granting.join();
		assertThat(second).isCompleted();
		assertThat(this.sent).containsExactly(1, 2, 3);
	}

	@RepeatedTest(20)
	void whateverTheRaceEverythingLeavesOnceAndInTheOrderOfEachThread() throws Exception {
		int each = 500;
		AtomicInteger owed = new AtomicInteger();
		ParallelThreads.run(4, (number) -> {
			if (number == 3) {
				int granted = 0;
				while (granted < 3 * each) {
					int now = this.sent.size() - granted;
					owed.addAndGet(now);
					granted += now;
					grant(now * 100);
					Thread.onSpinWait();
				}
				return;
			}
			for (int i = 0; i < each; i++) {
				this.outbox.send(prepared(number * each + i), 100);
			}
		});
		assertThat(this.sent).hasSize(3 * each).doesNotHaveDuplicates();
		for (int thread = 0; thread < 3; thread++) {
			int number = thread;
			assertThat(this.sent.stream().filter((value) -> value / each == number).toList()).isSorted();
		}
		assertThat(this.streamCredit.available()).isEqualTo(1000);
		assertThat(this.blocked).isEmpty();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private final class Numbered implements Link.PreparedEnvelope {

		private final int number;

		private final Runnable beforeSending;

		Numbered(int number, Runnable beforeSending) {
			this.number = number;
			this.beforeSending = beforeSending;
		}

		@Override
		public int size() {
			return 0;
		}

		@Override
		public void send() {
			this.beforeSending.run();
			OutboxTests.this.sent.add(this.number);
		}

		@Override
		public void discard() {
			OutboxTests.this.discarded.incrementAndGet();
		}

	}

}
