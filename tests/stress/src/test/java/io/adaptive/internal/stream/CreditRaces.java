package io.adaptive.internal.stream;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/**
 * Credit is neither made nor lost, and never taken twice.
 */
public final class CreditRaces {

	private static final int WHOLE = 1_000;

	private CreditRaces() {
	}

	private static CreditCounter withAvailable(int bytes) {
		CreditCounter counter = new CreditCounter(WHOLE);
		counter.tryTake(WHOLE);
		counter.grant(bytes);
		return counter;
	}

	@JCStressTest
	@Outcome(id = { "true, false, 100", "false, true, 100" }, expect = Expect.ACCEPTABLE, desc = "enough for one")
	@State
	public static class TwoTakeWhatIsEnoughForOne {

		private final CreditCounter counter = withAvailable(400);

		@Actor
		public void first(ZZJ_Result result) {
			result.r1 = this.counter.tryTake(300);
		}

		@Actor
		public void second(ZZJ_Result result) {
			result.r2 = this.counter.tryTake(300);
		}

		@Arbiter
		public void left(ZZJ_Result result) {
			result.r3 = this.counter.available();
		}

	}

	/**
	 * One large message may overdraw, two may not.
	 */
	@JCStressTest
	@Outcome(id = { "true, false, -4000", "false, true, -4000" }, expect = Expect.ACCEPTABLE, desc = "one overdraws")
	@State
	public static class TwoOverdraw {

		private final CreditCounter counter = new CreditCounter(WHOLE);

		@Actor
		public void first(ZZJ_Result result) {
			result.r1 = this.counter.tryTake(5 * WHOLE);
		}

		@Actor
		public void second(ZZJ_Result result) {
			result.r2 = this.counter.tryTake(5 * WHOLE);
		}

		@Arbiter
		public void left(ZZJ_Result result) {
			result.r3 = this.counter.available();
		}

	}

	@JCStressTest
	@Outcome(id = "true, true, 0", expect = Expect.ACCEPTABLE, desc = "taken after the grant")
	@Outcome(id = "false, true, 300", expect = Expect.ACCEPTABLE, desc = "there for the next")
	@State
	public static class TakeMeetsGrant {

		private final CreditCounter counter = withAvailable(0);

		@Actor
		public void take(ZZJ_Result result) {
			result.r1 = this.counter.tryTake(300);
		}

		@Actor
		public void grant(ZZJ_Result result) {
			result.r2 = this.counter.grant(300);
		}

		@Arbiter
		public void left(ZZJ_Result result) {
			result.r3 = this.counter.available();
		}

	}

	/**
	 * What two handlers take is granted again, whoever of them grants it.
	 */
	@JCStressTest
	@Outcome(id = { "250, 250, 1000", "500, 0, 1000", "0, 500, 1000" }, expect = Expect.ACCEPTABLE,
			desc = "all granted again")
	@State
	public static class TwoMessagesTaken {

		private final ReceivedCredit received = new ReceivedCredit(WHOLE, WHOLE);

		public TwoMessagesTaken() {
			this.received.arrived(500);
		}

		@Actor
		public void first(IIJ_Result result) {
			result.r1 = this.received.taken(250);
		}

		@Actor
		public void second(IIJ_Result result) {
			result.r2 = this.received.taken(250);
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r3 = this.received.allowed();
		}

	}

	/**
	 * Two small messages together are worth a grant, and exactly one makes it.
	 */
	@JCStressTest
	@Outcome(id = { "300, 0, 1000", "0, 300, 1000" }, expect = Expect.ACCEPTABLE, desc = "all granted again")
	@State
	public static class TwoSmallMessagesTaken {

		private final ReceivedCredit received = new ReceivedCredit(WHOLE, WHOLE);

		public TwoSmallMessagesTaken() {
			this.received.arrived(300);
		}

		@Actor
		public void first(IIJ_Result result) {
			result.r1 = this.received.taken(150);
		}

		@Actor
		public void second(IIJ_Result result) {
			result.r2 = this.received.taken(150);
		}

		@Arbiter
		public void left(IIJ_Result result) {
			result.r3 = this.received.allowed();
		}

	}

	/**
	 * Both ends of a connection: a sender that keeps to its credit never overruns.
	 */
	@JCStressTest
	@Outcome(id = { "0, 1, 0", "1, 1, 0" }, expect = Expect.ACCEPTABLE, desc = "not sent, or sent and welcome")
	@State
	public static class SenderMeetsReceiver {

		private final CreditCounter sender = new CreditCounter(WHOLE);

		private final ReceivedCredit receiver = new ReceivedCredit(WHOLE, 0);

		public SenderMeetsReceiver() {
			this.sender.tryTake(WHOLE);
			this.receiver.arrived(WHOLE);
		}

		@Actor
		public void send(IIJ_Result result) {
			if (this.sender.tryTake(300)) {
				result.r1 = this.receiver.arrived(300) ? 1 : -1;
			}
		}

		@Actor
		public void take(IIJ_Result result) {
			result.r2 = this.sender.grant(this.receiver.taken(300)) ? 1 : -1;
		}

		@Arbiter
		public void difference(IIJ_Result result) {
			result.r3 = this.sender.available() - this.receiver.allowed();
		}

	}

}
