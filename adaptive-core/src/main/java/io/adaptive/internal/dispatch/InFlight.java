package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counter of messages that were accepted and are not yet handled. Thread-safe. Counting
 * takes no lock and scales with threads; only a thread that waits for zero takes one.
 */
final class InFlight {

	private final LongAdder entered = new LongAdder();

	private final LongAdder left = new LongAdder();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = this.lock.newCondition();

	private volatile boolean awaited;

	void enter() {
		this.entered.increment();
	}

	void leave() {
		this.left.increment();
		if (this.awaited) {
			this.lock.lock();
			try {
				this.empty.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Waits until all messages are handled or the timeout elapses.
	 * @return the number of messages not yet handled
	 */
	long await(long timeoutNanos) throws InterruptedException {
		long remaining = timeoutNanos;
		// Before the count is read, so that a thread leaving after that signals.
		this.awaited = true;
		this.lock.lockInterruptibly();
		try {
			while (count() > 0 && remaining > 0) {
				remaining = this.empty.awaitNanos(remaining);
			}
			return count();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns the number of messages not yet handled. The exits are read first, so that
	 * the result is never too low.
	 */
	long count() {
		long done = this.left.sum();
		return this.entered.sum() - done;
	}

}
