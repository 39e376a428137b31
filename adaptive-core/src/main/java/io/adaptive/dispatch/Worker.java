package io.adaptive.dispatch;

import io.adaptive.log.KeyValueLogger;
import org.slf4j.MDC;

/**
 * What one thread of the pool does: take, handle, rest.
 */
final class Worker implements Runnable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Worker.class);

	private static final int TURN = 64;

	private final WorkerScaler scaler;

	private final Mailbox mailbox;

	private final boolean virtual;

	private boolean arrived;

	private boolean idle = true;

	private boolean countedOut;

	private int handled;

	Worker(WorkerScaler scaler, Mailbox mailbox, boolean virtual) {
		this.scaler = scaler;
		this.mailbox = mailbox;
		this.virtual = virtual;
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
			return;
		}
		this.idle = true;
		this.scaler.poolSize().becomeIdle();
		if (this.virtual) {
			Thread.yield();
		}
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

	// A virtual thread keeps its carrier until it blocks. While the mailbox never runs
	// dry, handlers that were woken from a wait would never go on.
	@SuppressWarnings("ThreadPriorityCheck")
	private void giveWay() {
		this.countedOut = this.scaler.poolSize().removeBusy(this.scaler.scale());
		if (this.virtual && ++this.handled % TURN == 0) {
			Thread.yield();
		}
	}

}
