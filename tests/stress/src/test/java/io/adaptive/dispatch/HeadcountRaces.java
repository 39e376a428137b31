package io.adaptive.dispatch;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * A pool has neither more workers than its target nor, for long, fewer.
 */
public final class HeadcountRaces {

	private static final ScaleFactors TWO = new ScaleFactors(2, 1, 8, 10);

	private static final ScaleFactors ONE = TWO.withResidentWorkers(1);

	private HeadcountRaces() {
	}

	private static int totalAndIdle(Headcount headcount) {
		return 10 * headcount.now().total() + headcount.now().idle();
	}

	private static Headcount ofTwo() {
		Headcount headcount = new Headcount();
		headcount.hire(TWO, 0);
		headcount.hire(TWO, 0);
		return headcount;
	}

	@JCStressTest
	@Outcome(id = { "true, false, 11", "false, true, 11" }, expect = Expect.ACCEPTABLE, desc = "one was missing")
	@State
	public static class TwoHireOne {

		private final Headcount headcount = new Headcount();

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.headcount.hire(ONE, 0);
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.headcount.hire(ONE, 0);
		}

		@Arbiter
		public void count(ZZI_Result result) {
			result.r3 = totalAndIdle(this.headcount);
		}

	}

	@JCStressTest
	@Outcome(id = { "true, false, 11", "false, true, 11" }, expect = Expect.ACCEPTABLE, desc = "one was surplus")
	@State
	public static class TwoDismissOne {

		private final Headcount headcount = ofTwo();

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.headcount.dismissIdle(ONE, 0);
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.headcount.dismissIdle(ONE, 0);
		}

		@Arbiter
		public void count(ZZI_Result result) {
			result.r3 = totalAndIdle(this.headcount);
		}

	}

	@JCStressTest
	@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "dismissed before the other took work")
	@Outcome(id = "0, 2, 1", expect = Expect.ACCEPTABLE, desc = "needed once the other had work")
	@State
	public static class DismissingMeetsWork {

		private final Headcount headcount = ofTwo();

		@Actor
		public void worker() {
			this.headcount.becomeBusy();
		}

		@Actor
		public void watch(III_Result result) {
			result.r1 = this.headcount.dismissIdle(ONE, 0) ? 1 : 0;
		}

		@Arbiter
		public void count(III_Result result) {
			result.r2 = this.headcount.now().total();
			result.r3 = this.headcount.now().idle();
		}

	}

	@JCStressTest
	@Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "the busiest moment is known")
	@State
	public static class TwoBecomeBusy {

		private final Headcount headcount = ofTwo();

		public TwoBecomeBusy() {
			this.headcount.forgetLeastIdle();
		}

		@Actor
		public void first() {
			this.headcount.becomeBusy();
		}

		@Actor
		public void second() {
			this.headcount.becomeBusy();
		}

		@Arbiter
		public void count(III_Result result) {
			result.r1 = this.headcount.leastIdle();
			result.r2 = this.headcount.now().busy();
			result.r3 = this.headcount.now().idle();
		}

	}

}
