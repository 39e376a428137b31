package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.ParallelThreads;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.StreamResetException;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Callers that wait until nothing waits for credit in an outbox.
 */
class OutboxWritableTests {

	private static final int COST = 1000;

	private static final int ROUNDS = 5000;

	private final Collection<Outbox> blocked = ConcurrentHashMap.newKeySet();

	private final CreditCounter credit = new CreditCounter(COST);

	private final AtomicInteger sent = new AtomicInteger();

	private final Outbox outbox = newOutbox(this.credit);

	private Outbox newOutbox(CreditCounter credit) {
		return new Outbox(1, new OutboxCredit(credit, new SendCredit(Integer.MAX_VALUE, Integer.MAX_VALUE)),
				this.blocked, new PendingSends(new PendingLimits(3, 1 << 20), new ScopeTraffic()),
				(cost, call, before) -> {
				});
	}

	private WaitingMessage send(Outbox outbox) {
		return outbox.send(new Counted(), COST);
	}

	private void grant() {
		this.credit.grant(COST);
		this.outbox.pump();
	}

	@Test
	void anOutboxIsWritableWhileNothingWaits() {
		assertThat(this.outbox.isWritable()).isTrue();
		assertThat(this.outbox.beginWritable("it").isDone()).isTrue();
		send(this.outbox);
		assertThat(this.outbox.isWritable()).as("the credit is used up, but nothing waits").isTrue();
		send(this.outbox);
		assertThat(this.outbox.isWritable()).isFalse();
		send(this.outbox);
		Operation<Void> wait = this.outbox.beginWritable("it");
		grant();
		assertThat(this.outbox.isWritable()).as("one still waits").isFalse();
		assertThat(wait).isNotDone();
		grant();
		assertThat(this.outbox.isWritable()).isTrue();
		assertThat(wait).isCompleted();
	}

	@Test
	void aMessageThatIsTakenBackMakesTheOutboxWritable() {
		send(this.outbox);
		WaitingMessage waiting = send(this.outbox);
		Operation<Void> wait = this.outbox.beginWritable("it");
		assertThat(this.outbox.withdraw(waiting)).isTrue();
		assertThat(wait).isCompleted();
	}

	@Test
	void theEndFailsThoseThatWaitAndThoseThatComeLater() {
		send(this.outbox);
		send(this.outbox);
		Operation<Void> wait = this.outbox.beginWritable("it");
		this.outbox.end(new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "closed")));
		assertThat(wait).isCompletedExceptionally();
		assertThatExceptionOfType(StreamResetException.class).isThrownBy(() -> wait.await(WaitDeadline.NONE));
		assertThatExceptionOfType(StreamResetException.class).isThrownBy(() -> this.outbox.beginWritable("it"));
	}

	@Test
	void noMoreThanTheBoundWait() {
		send(this.outbox);
		send(this.outbox);
		List<Operation<Void>> waits = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			waits.add(this.outbox.beginWritable("it"));
		}
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.outbox.beginWritable("stream 7"))
			.withMessageStartingWith("3 callers wait until stream 7 is writable")
			.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
		assertThat(waits.get(1).giveUp()).isTrue();
		assertThat(waits.get(1).giveUp()).isFalse();
		waits.set(1, this.outbox.beginWritable("it"));
		grant();
		assertThat(waits).allSatisfy((wait) -> assertThat(wait).isCompleted());
	}

	/**
	 * One thread sends, one grants and one waits, at the same moment.
	 */
	@Test
	void noWakeUpIsLostHoweverSendingAndGrantingAndWaitingMeet() throws Exception {
		CyclicBarrier start = new CyclicBarrier(3);
		CreditCounter[] credits = new CreditCounter[ROUNDS];
		Outbox[] outboxes = new Outbox[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			credits[i] = new CreditCounter(COST);
			outboxes[i] = newOutbox(credits[i]);
			send(outboxes[i]);
		}
		AtomicInteger waited = new AtomicInteger();
		ParallelThreads.run(3, (number) -> {
			for (int i = 0; i < ROUNDS; i++) {
				start.await(50, TimeUnit.SECONDS);
				switch (number) {
					case 0 -> send(outboxes[i]);
					case 1 -> {
						credits[i].grant(COST);
						outboxes[i].pump();
					}
					default -> {
						Operation<Void> wait = outboxes[i].beginWritable("it");
						if (!wait.isDone()) {
							waited.incrementAndGet();
						}
						wait.get(50, TimeUnit.SECONDS);
					}
				}
			}
		});
		assertThat(this.sent).hasValue(2 * ROUNDS);
		assertThat(outboxes).allSatisfy((each) -> assertThat(each.isWritable()).isTrue());
		System.out.println(waited + " of " + ROUNDS + " had to wait");
	}

	/**
	 * One thread takes a message back, one ends the outbox and one waits.
	 */
	@Test
	void everyWaitEndsHoweverTakingBackAndTheEndMeet() throws Exception {
		CyclicBarrier start = new CyclicBarrier(3);
		Outbox[] outboxes = new Outbox[ROUNDS];
		WaitingMessage[] messages = new WaitingMessage[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			outboxes[i] = newOutbox(new CreditCounter(COST));
			send(outboxes[i]);
			messages[i] = send(outboxes[i]);
		}
		ParallelThreads.run(3, (number) -> {
			for (int i = 0; i < ROUNDS; i++) {
				start.await(50, TimeUnit.SECONDS);
				switch (number) {
					case 0 -> outboxes[i].withdraw(messages[i]);
					case 1 -> outboxes[i].end(new Termination.Reset(new ErrorInfo(ErrorCode.CANCELLED, "closed")));
					default -> ended(outboxes[i]);
				}
			}
		});
		assertThat(this.sent).hasValue(ROUNDS);
	}

	private static void ended(Outbox outbox) throws Exception {
		Operation<Void> wait;
		try {
			wait = outbox.beginWritable("it");
		}
		catch (StreamResetException ex) {
			// It ended before.
			return;
		}
		wait.handle((reached, error) -> true).get(50, TimeUnit.SECONDS);
	}

	private final class Counted implements Link.PreparedEnvelope {

		@Override
		public int size() {
			return 0;
		}

		@Override
		public void send() {
			OutboxWritableTests.this.sent.incrementAndGet();
		}

		@Override
		public void discard() {
			// Nothing to release.
		}

	}

}
