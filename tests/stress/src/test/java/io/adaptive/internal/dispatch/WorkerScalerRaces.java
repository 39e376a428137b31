package io.adaptive.internal.dispatch;

import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * No work waits while a worker sleeps that nobody is going to wake. The actors are the
 * workers: the threads that the scaler starts do nothing.
 */
public final class WorkerScalerRaces {

	private static final Runnable WORK = () -> {
	};

	private WorkerScalerRaces() {
	}

	/**
	 * A pool of two, which never starts another.
	 */
	private static WorkerScaler scalerOf(Mailbox mailbox) {
		return new WorkerScaler(mailbox, new Idlers(), new ScaleFactors(2, 1, -1, 0), System::nanoTime, Runnable::run);
	}

	private static void put(Mailbox mailbox, WorkerScaler scaler) {
		mailbox.put(Priority.NORMAL, WORK);
		scaler.attend();
	}

	/**
	 * Takes one work, resting until there is some.
	 * @return whether there was, before it rested for too long
	 */
	private static boolean takeOne(Mailbox mailbox, WorkerScaler scaler) {
		while (mailbox.poll() == null) {
			if (!RestingActor.rest(scaler)) {
				return false;
			}
		}
		scaler.taken(true);
		scaler.poolSize().becomeIdle();
		return true;
	}

	@JCStressTest
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the worker had it")
	@State
	public static class RestMeetsWork {

		private final Mailbox mailbox = new Mailbox();

		private final WorkerScaler scaler = scalerOf(this.mailbox);

		@Actor
		public void worker(ZZ_Result result) {
			result.r1 = takeOne(this.mailbox, this.scaler);
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.scaler);
		}

		@Arbiter
		public void left(ZZ_Result result) {
			result.r2 = this.mailbox.isEmpty();
		}

	}

	@JCStressTest
	@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "the worker had both")
	@State
	public static class TwoRestsMeetTwoWorks {

		private final Mailbox mailbox = new Mailbox();

		private final WorkerScaler scaler = scalerOf(this.mailbox);

		@Actor
		public void worker(ZZ_Result result) {
			result.r1 = takeOne(this.mailbox, this.scaler) && takeOne(this.mailbox, this.scaler);
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.scaler);
			put(this.mailbox, this.scaler);
		}

		@Arbiter
		public void left(ZZ_Result result) {
			result.r2 = this.mailbox.isEmpty();
		}

	}

	/**
	 * Of two workers that are one too many, the one that rests goes home.
	 */
	@JCStressTest
	@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "it came back, counted out")
	@State
	public static class RestMeetsRescaling {

		private final Mailbox mailbox = new Mailbox();

		private final WorkerScaler scaler = scalerOf(this.mailbox);

		@Actor
		public void worker(ZI_Result result) {
			result.r1 = RestingActor.rest(this.scaler);
		}

		@Actor
		public void scaler() {
			this.scaler.scale(new ScaleFactors(1, 1, -1, 0));
		}

		@Arbiter
		public void left(ZI_Result result) {
			result.r2 = this.scaler.poolSize().now().total();
		}

	}

	/**
	 * Threads that never run.
	 */
	private static final class Idlers extends WorkerThreads {

		Idlers() {
			super(WorkerKind.PLATFORM);
		}

		@Override
		Thread newThread(String name, Runnable work) {
			return new Thread(work) {

				@Override
				public void start() {
					// The actors do the work.
				}

			};
		}

		@Override
		Thread newWorker(Runnable work) {
			return newThread("idler", work);
		}

	}

}
