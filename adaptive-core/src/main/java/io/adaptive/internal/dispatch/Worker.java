package io.adaptive.internal.dispatch;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.settings.ScaleFactors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The loop of one thread of the pool: take work, run it, park while there is none.
 */
final class Worker implements Runnable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Worker.class);

	private final Owner owner;

	private final Mailbox mailbox;

	/** {@code null} for a platform thread, which the operating system preempts. */
	private final @Nullable CarrierShare share;

	private boolean arrived;

	private boolean idle = true;

	private boolean countedOut;

	Worker(Owner owner, Mailbox mailbox, boolean virtual) {
		this.owner = owner;
		this.mailbox = mailbox;
		this.share = virtual ? new CarrierShare(System::nanoTime) : null;
	}

	@Override
	public void run() {
		this.arrived = true;
		this.owner.arrived();
		while (!this.countedOut && !this.owner.isTerminated()) {
			Runnable work = this.mailbox.poll();
			if (work == null) {
				rest();
			}
			else {
				handle(work);
				giveWay();
			}
		}
	}

	boolean hasArrived() {
		return this.arrived;
	}

	boolean isCountedOut() {
		return this.countedOut;
	}

	boolean isIdle() {
		return this.idle;
	}

	/**
	 * Becomes idle on the first call, which on a virtual thread also yields, and parks on
	 * the next. The yield usually runs the caller that has just received its answer,
	 * whose next message then needs no wake-up.
	 */
	@SuppressWarnings("ThreadPriorityCheck")
	private void rest() {
		if (this.idle) {
			this.countedOut = this.owner.rest();
			if (this.share != null) {
				this.share.begin();
			}
			return;
		}
		becomeIdle();
		if (this.share != null) {
			Thread.yield();
		}
	}

	private void becomeIdle() {
		this.idle = true;
		this.owner.poolSize().becomeIdle();
	}

	private void handle(Runnable work) {
		boolean wasIdle = this.idle;
		this.idle = false;
		// Before the work, which may block.
		this.owner.taken(wasIdle);
		try {
			work.run();
		}
		// Work answers its caller itself; an exception that reaches this line must not
		// end the worker.
		catch (Throwable ex) {
			logger.error("work failed worker={}", Thread.currentThread().getName(), ex);
		}
		// The interrupt and the MDC belong to that work, not to the next.
		Thread.interrupted();
		MDC.clear();
	}

	private void giveWay() {
		this.countedOut = this.owner.poolSize().removeBusy(this.owner.scale());
		if (this.share != null && !this.countedOut && !this.mailbox.isEmpty() && this.share.isOver()) {
			// Otherwise the pool would count this worker as blocked and start another
			// one.
			becomeIdle();
			this.share.giveWay();
		}
	}

	/**
	 * The pool of a worker. Called by the thread of the worker.
	 */
	interface Owner {

		/**
		 * Marks the calling worker as started. It is idle.
		 */
		void arrived();

		/**
		 * Marks the calling worker as busy, after it took work and before it handles it.
		 * @param wasIdle whether it was idle before
		 */
		void taken(boolean wasIdle);

		/**
		 * Parks the calling, idle worker until it is woken.
		 * @return whether the worker is counted out and has to end
		 */
		boolean rest();

		boolean isTerminated();

		PoolSize poolSize();

		ScaleFactors scale();

	}

}
