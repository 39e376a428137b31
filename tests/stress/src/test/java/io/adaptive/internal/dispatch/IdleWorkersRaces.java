package io.adaptive.internal.dispatch;

import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * The three rules of {@link IdleWorkers} are enough: whenever work is left, somebody was
 * called.
 */
public final class IdleWorkersRaces {

	private static final Runnable WORK = () -> {
	};

	private IdleWorkersRaces() {
	}

	/**
	 * Tells whether a worker was called, without waiting.
	 */
	private static boolean wasCalled(IdleWorkers.ParkedWorker parked) {
		boolean[] asked = new boolean[1];
		parked.await(() -> {
			asked[0] = true;
			return true;
		});
		return !asked[0];
	}

	private static void put(Mailbox mailbox, IdleWorkers workers) {
		mailbox.put(Priority.NORMAL, WORK);
		workers.wakeOne();
	}

	private static IdleWorkers.ParkedWorker sit(Mailbox mailbox, IdleWorkers workers) {
		IdleWorkers.ParkedWorker parked = workers.sit();
		if (!mailbox.isEmpty()) {
			workers.wakeOne();
		}
		return parked;
	}

	@JCStressTest
	@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "called")
	@State
	public static class SittingDownMeetsWork {

		private final Mailbox mailbox = new Mailbox();

		private final IdleWorkers workers = new IdleWorkers();

		private IdleWorkers.@Nullable ParkedWorker parked;

		@Actor
		public void worker() {
			this.parked = sit(this.mailbox, this.workers);
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.workers);
		}

		@Arbiter
		public void called(ZZ_Result result) {
			result.r1 = wasCalled(this.parked);
			result.r2 = this.mailbox.isEmpty();
		}

	}

	/**
	 * A worker that was called for nothing sits down again; meanwhile the sender relies
	 * on it.
	 */
	@JCStressTest
	@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "found on its way")
	@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "called again")
	@State
	public static class ReturningMeetsWork {

		private final Mailbox mailbox = new Mailbox();

		private final IdleWorkers workers = new IdleWorkers();

		private final IdleWorkers.ParkedWorker called = this.workers.sit();

		private IdleWorkers.@Nullable ParkedWorker again;

		public ReturningMeetsWork() {
			this.workers.wakeOne();
		}

		@Actor
		public void worker(ZZ_Result result) {
			this.called.await(() -> false);
			result.r1 = this.mailbox.poll() != null;
			if (!result.r1) {
				this.again = sit(this.mailbox, this.workers);
			}
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.workers);
		}

		@Arbiter
		public void calledAgain(ZZ_Result result) {
			result.r2 = this.again != null && wasCalled(this.again);
		}

	}

	/**
	 * A worker that is on its way takes one work and is lost to a handler that blocks.
	 */
	@JCStressTest
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the other is called for what it left")
	@State
	public static class TakingOneOfTwo {

		private final Mailbox mailbox = new Mailbox();

		private final IdleWorkers workers = new IdleWorkers();

		private final IdleWorkers.ParkedWorker other = this.workers.sit();

		private final IdleWorkers.ParkedWorker called = this.workers.sit();

		public TakingOneOfTwo() {
			put(this.mailbox, this.workers);
		}

		@Actor
		public void worker(ZZ_Result result) {
			this.called.await(() -> false);
			result.r1 = this.mailbox.poll() != null;
			if (!this.mailbox.isEmpty()) {
				this.workers.wakeOne();
			}
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.workers);
		}

		@Arbiter
		public void otherIsCalled(ZZ_Result result) {
			result.r2 = wasCalled(this.other);
		}

	}

	@JCStressTest
	@Outcome(id = { "1, 2", "2, 1" }, expect = Expect.ACCEPTABLE, desc = "one each")
	@State
	public static class TwoCallers {

		private final IdleWorkers workers = new IdleWorkers();

		private final IdleWorkers.ParkedWorker first = this.workers.sit();

		private final IdleWorkers.ParkedWorker second = this.workers.sit();

		@Actor
		public void oneCaller(II_Result result) {
			result.r1 = number(this.workers.pop());
		}

		@Actor
		public void otherCaller(II_Result result) {
			result.r2 = number(this.workers.pop());
		}

		private int number(IdleWorkers.@Nullable ParkedWorker parked) {
			if (parked == null) {
				return 0;
			}
			return (parked == this.first) ? 1 : (parked == this.second) ? 2 : 3;
		}

	}

}
