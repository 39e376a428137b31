package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * The credit of a node: none is made, none is lost, and nothing that is taken is kept
 * back from a connection that waits.
 */
public final class BudgetRaces {

	private BudgetRaces() {
	}

	/**
	 * A connection whose peer has room for eight messages.
	 */
	private static final class End {

		final AtomicInteger granted = new AtomicInteger();

		final ReceiveWindow window;

		End(ReceiveBudget budget) {
			this.window = new ReceiveWindow(budget, Limits.DEFAULT, true, this::told);
		}

		private void told(Envelope.Credit credit) {
			if (credit.purpose() == Envelope.Credit.Purpose.GRANT_WAITING) {
				this.granted.addAndGet(credit.messages());
			}
		}

		void fill(int messages) {
			for (int i = 0; i < messages; i++) {
				this.window.arrived(Limits.MIN_COST);
			}
		}

	}

	/**
	 * The first connection has the whole budget, and a message of it is taken, which is
	 * less than a portion, while the second asks.
	 */
	@JCStressTest
	@Outcome(id = "1, 8, 0", expect = Expect.ACCEPTABLE, desc = "the second has the room of the message")
	@State
	public static class TakenMeetsRequest {

		private final ReceiveBudget budget = new ReceiveBudget(() -> 8, 1 << 20);

		private final End first = new End(this.budget);

		private final End second = new End(this.budget);

		public TakenMeetsRequest() {
			this.first.window.open();
			for (int i = 0; i < 4; i++) {
				this.first.window.requested(new Request(3 + 2 * i, Limits.MIN_COST, false, 0), false);
			}
			this.first.fill(8);
		}

		@Actor
		public void take() {
			this.first.window.taken(Limits.MIN_COST, 1);
		}

		@Actor
		public void request() {
			this.second.window.requested(new Request(3, Limits.MIN_COST, false, 0), false);
		}

		@Arbiter
		public void balance(III_Result result) {
			ReceiveBudget.Balance balance = this.budget.balance();
			result.r1 = this.second.granted.get();
			result.r2 = (int) balance.messages();
			result.r3 = (balance.waiting() > 1) ? 1 : 0;
		}

	}

	/**
	 * A connection ends while its last message is taken.
	 */
	@JCStressTest
	@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "all is given back")
	@State
	public static class TakenMeetsEnd {

		private final ReceiveBudget budget = new ReceiveBudget(() -> 8, 1 << 20);

		private final End end = new End(this.budget);

		public TakenMeetsEnd() {
			this.end.window.open();
			this.end.fill(1);
		}

		@Actor
		public void take() {
			this.end.window.taken(Limits.MIN_COST, 1);
		}

		@Actor
		public void end() {
			this.end.window.close();
		}

		@Arbiter
		public void balance(III_Result result) {
			ReceiveBudget.Balance balance = this.budget.balance();
			result.r1 = (int) balance.messages();
			result.r2 = (int) balance.bytes();
			result.r3 = balance.waiting();
		}

	}

	/**
	 * What a sender gives back it does not use as well.
	 */
	@JCStressTest
	@Outcome(id = { "true, false, 0", "false, true, 0" }, expect = Expect.ACCEPTABLE, desc = "used, or given back")
	@State
	public static class SendMeetsRecall {

		private final SendCredit credit = new SendCredit(1000, 1);

		@Actor
		public void send(ZZJ_Result result) {
			result.r1 = this.credit.tryTake(300);
		}

		@Actor
		public void recall(ZZJ_Result result) {
			result.r2 = this.credit.giveUp(1000).messages() == 1;
		}

		@Arbiter
		public void left(ZZJ_Result result) {
			result.r3 = this.credit.messages();
		}

	}

	/**
	 * A connection whose only work is taken gets more: it is in line once.
	 */
	@JCStressTest
	@Outcome(id = { "1, 0, 1", "0, 1, 1" }, expect = Expect.ACCEPTABLE, desc = "in line once, with its work")
	@State
	public static class AddMeetsEndOfTurn {

		private final ConnectionQueue queue = new ConnectionQueue();

		public AddMeetsEndOfTurn() {
			this.queue.add(() -> {
			});
			this.queue.poll();
		}

		@Actor
		public void add(III_Result result) {
			result.r1 = this.queue.add(() -> {
			}) ? 1 : 0;
		}

		@Actor
		public void endTurn(III_Result result) {
			result.r2 = this.queue.endTurn() ? 1 : 0;
		}

		@Arbiter
		public void left(III_Result result) {
			result.r3 = (this.queue.poll() != null) ? 1 : 0;
		}

	}

}
