package io.adaptive.dispatch;

import io.adaptive.message.Priority;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * No work waits while a worker sleeps that nobody is going to wake. The actors are the
 * workers: the threads that the crew starts do nothing. A lost wake-up shows as an actor
 * that never comes back.
 */
public final class CrewRaces {

	private static final Runnable WORK = () -> {
	};

	private CrewRaces() {
	}

	/**
	 * A pool of two, which never starts another.
	 */
	private static Crew crew(Mailbox mailbox) {
		return new Crew(mailbox, new Idlers(), new ScaleFactors(2, 1, -1, 0), System::nanoTime);
	}

	private static void put(Mailbox mailbox, Crew crew) {
		mailbox.put(Priority.NORMAL, WORK);
		crew.attend();
	}

	/**
	 * Takes one work, resting until there is some.
	 */
	private static void takeOne(Mailbox mailbox, Crew crew) {
		while (mailbox.poll() == null) {
			crew.rest();
		}
		crew.taken(true);
		crew.headcount().becomeIdle();
	}

	@JCStressTest
	@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the worker had it")
	@State
	public static class RestMeetsWork {

		private final Mailbox mailbox = new Mailbox();

		private final Crew crew = crew(this.mailbox);

		@Actor
		public void worker() {
			takeOne(this.mailbox, this.crew);
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.crew);
		}

		@Arbiter
		public void left(Z_Result result) {
			result.r1 = this.mailbox.isEmpty();
		}

	}

	@JCStressTest
	@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the worker had both")
	@State
	public static class TwoRestsMeetTwoWorks {

		private final Mailbox mailbox = new Mailbox();

		private final Crew crew = crew(this.mailbox);

		@Actor
		public void worker() {
			takeOne(this.mailbox, this.crew);
			takeOne(this.mailbox, this.crew);
		}

		@Actor
		public void sender() {
			put(this.mailbox, this.crew);
			put(this.mailbox, this.crew);
		}

		@Arbiter
		public void left(Z_Result result) {
			result.r1 = this.mailbox.isEmpty();
		}

	}

	@JCStressTest
	@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "the worker came back")
	@State
	public static class RestMeetsRescaling {

		private final Mailbox mailbox = new Mailbox();

		private final Crew crew = crew(this.mailbox);

		@Actor
		public void worker(Z_Result result) {
			result.r1 = this.crew.rest();
		}

		@Actor
		public void scaler() {
			this.crew.scale(new ScaleFactors(1, 1, -1, 0));
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
