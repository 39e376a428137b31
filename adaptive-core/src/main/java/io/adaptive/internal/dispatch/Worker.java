package io.adaptive.internal.dispatch;

import io.adaptive.internal.log.KeyValueLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What one thread of the pool does: take, handle, rest.
 */
final class Worker implements Runnable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Worker.class);

	private final WorkerScaler scaler;

	private final Mailbox mailbox;

	/** {@code null} for a platform thread, which the machine interrupts. */
	private final @Nullable CarrierShare share;

	private boolean arrived;

	private boolean idle = true;

	private boolean countedOut;

	Worker(WorkerScaler scaler, Mailbox mailbox, boolean virtual) {
		this.scaler = scaler;
		this.mailbox = mailbox;
		this.share = virtual ? new CarrierShare(System::nanoTime) : null;
	}

	@Override
	public void run() {
		this.arrived = true;
		this.scaler.arrived();
		while (!this.countedOut && !this.scaler.isTerminated()) {
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
	 * The first time only lets others go on: as a rule the caller that has just got its
	 * answer, whose next message then needs nobody to be woken.
	 */
	@SuppressWarnings("ThreadPriorityCheck")
	private void rest() {
		if (this.idle) {
			this.countedOut = this.scaler.rest();
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
		this.scaler.poolSize().becomeIdle();
	}

	private void handle(Runnable work) {
		boolean wasIdle = this.idle;
		this.idle = false;
		// Before the work, which may block.
		this.scaler.taken(wasIdle);
		try {
			work.run();
		}
		// Work answers its caller itself; what comes this far must not cost a worker.
		catch (Throwable ex) {
			logger.error("work failed worker={}", Thread.currentThread().getName(), ex);
		}
		// An interrupt was meant for that work, not for the next, and so is what it logs.
		Thread.interrupted();
		MDC.clear();
	}

	private void giveWay() {
		this.countedOut = this.scaler.poolSize().removeBusy(this.scaler.scale());
		if (this.share != null && !this.countedOut && !this.mailbox.isEmpty() && this.share.isOver()) {
			// Or the pool would take it for blocked, and start another one.
			becomeIdle();
			this.share.giveWay();
		}
	}

}
