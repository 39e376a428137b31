package io.adaptive.internal.dispatch;

import io.adaptive.settings.ScaleFactors;
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
public final class PoolSizeRaces {

	private static final ScaleFactors TWO = new ScaleFactors(2, 1, 8, 10);

	private static final ScaleFactors ONE = TWO.withResidentWorkers(1);

	private PoolSizeRaces() {
	}

	private static int totalAndIdle(PoolSize poolSize) {
		return 10 * poolSize.now().total() + poolSize.now().idle();
	}

	private static PoolSize ofTwo() {
		PoolSize poolSize = new PoolSize();
		poolSize.add(TWO, 0);
		poolSize.add(TWO, 0);
		return poolSize;
	}

	@JCStressTest
	@Outcome(id = { "true, false, 11", "false, true, 11" }, expect = Expect.ACCEPTABLE, desc = "one was missing")
	@State
	public static class TwoAddOne {

		private final PoolSize poolSize = new PoolSize();

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.poolSize.add(ONE, 0);
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.poolSize.add(ONE, 0);
		}

		@Arbiter
		public void count(ZZI_Result result) {
			result.r3 = totalAndIdle(this.poolSize);
		}

	}

	@JCStressTest
	@Outcome(id = { "true, false, 11", "false, true, 11" }, expect = Expect.ACCEPTABLE, desc = "one was surplus")
	@State
	public static class TwoRemoveOne {

		private final PoolSize poolSize = ofTwo();

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.poolSize.removeIdle(ONE, 0);
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.poolSize.removeIdle(ONE, 0);
		}

		@Arbiter
		public void count(ZZI_Result result) {
			result.r3 = totalAndIdle(this.poolSize);
		}

	}

	@JCStressTest
	@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "removed before the other took work")
	@Outcome(id = "0, 2, 1", expect = Expect.ACCEPTABLE, desc = "needed once the other had work")
	@State
	public static class RemovalMeetsWork {

		private final PoolSize poolSize = ofTwo();

		@Actor
		public void worker() {
			this.poolSize.becomeBusy();
		}

		@Actor
		public void watch(III_Result result) {
			result.r1 = this.poolSize.removeIdle(ONE, 0) ? 1 : 0;
		}

		@Arbiter
		public void count(III_Result result) {
			result.r2 = this.poolSize.now().total();
			result.r3 = this.poolSize.now().idle();
		}

	}

	@JCStressTest
	@Outcome(id = "0, 2, 0", expect = Expect.ACCEPTABLE, desc = "the busiest moment is known")
	@State
	public static class TwoBecomeBusy {

		private final PoolSize poolSize = ofTwo();

		public TwoBecomeBusy() {
			this.poolSize.forgetLeastIdle();
		}

		@Actor
		public void first() {
			this.poolSize.becomeBusy();
		}

		@Actor
		public void second() {
			this.poolSize.becomeBusy();
		}

		@Arbiter
		public void count(III_Result result) {
			result.r1 = this.poolSize.leastIdle();
			result.r2 = this.poolSize.now().busy();
			result.r3 = this.poolSize.now().idle();
		}

	}

}
