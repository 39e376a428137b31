package io.adaptive.internal.dispatch;

import io.adaptive.message.Priority;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * Every work that is put into a mailbox is taken once.
 */
public final class MailboxRaces {

	private static final Runnable WORK = () -> {
	};

	private static final Runnable LOW = () -> {
	};

	private MailboxRaces() {
	}

	private static int takeAll(Mailbox mailbox) {
		int taken = 0;
		while (mailbox.poll() != null) {
			taken++;
		}
		return taken;
	}

	@JCStressTest
	@Outcome(id = { "true, false, 0", "false, true, 0" }, expect = Expect.ACCEPTABLE, desc = "one of them has it")
	@State
	public static class TwoTakeOne {

		private final Mailbox mailbox = new Mailbox();

		public TwoTakeOne() {
			this.mailbox.put(Priority.NORMAL, WORK);
		}

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.mailbox.poll() != null;
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.mailbox.poll() != null;
		}

		@Arbiter
		public void left(ZZI_Result result) {
			result.r3 = this.mailbox.size() + takeAll(this.mailbox);
		}

	}

	@JCStressTest
	@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "taken at once")
	@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "taken afterwards")
	@State
	public static class PutMeetsTake {

		private final Mailbox mailbox = new Mailbox();

		@Actor
		public void put() {
			this.mailbox.put(Priority.HIGH, WORK);
		}

		@Actor
		public void take(III_Result result) {
			result.r1 = (this.mailbox.poll() != null) ? 1 : 0;
		}

		@Arbiter
		public void left(III_Result result) {
			result.r2 = takeAll(this.mailbox);
			result.r3 = this.mailbox.size();
		}

	}

	@JCStressTest
	@Outcome(id = { "true, false, 1", "false, true, 1" }, expect = Expect.ACCEPTABLE, desc = "one of them has the room")
	@State
	public static class TwoOffersForTheLastRoom {

		private final Mailbox mailbox = new Mailbox();

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.mailbox.offer(Priority.LOW, WORK, 1);
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.mailbox.offer(Priority.HIGH, WORK, 1);
		}

		@Arbiter
		public void left(ZZI_Result result) {
			result.r3 = takeAll(this.mailbox);
		}

	}

	/**
	 * LOW is due; of the two who take now, one takes it.
	 */
	@JCStressTest
	@Outcome(id = { "true, false, 2", "false, true, 2" }, expect = Expect.ACCEPTABLE, desc = "LOW had its turn, once")
	@State
	public static class TwoTakeWhileLowIsDue {

		private final Mailbox mailbox = new Mailbox();

		public TwoTakeWhileLowIsDue() {
			this.mailbox.put(Priority.LOW, LOW);
			for (int i = 0; i < Mailbox.LOW_PATIENCE; i++) {
				this.mailbox.put(Priority.HIGH, WORK);
				this.mailbox.poll();
			}
			for (int i = 0; i < 3; i++) {
				this.mailbox.put(Priority.HIGH, WORK);
			}
		}

		@Actor
		public void first(ZZI_Result result) {
			result.r1 = this.mailbox.poll() == LOW;
		}

		@Actor
		public void second(ZZI_Result result) {
			result.r2 = this.mailbox.poll() == LOW;
		}

		@Arbiter
		public void left(ZZI_Result result) {
			result.r3 = takeAll(this.mailbox);
		}

	}

}
