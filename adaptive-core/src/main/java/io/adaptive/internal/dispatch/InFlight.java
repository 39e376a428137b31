package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what has been taken and is not yet done. Counting takes no lock, and many
 * threads count side by side; only who waits for the end takes one.
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
	 * Waits until all is done.
	 * @return how many are left when the time is up
	 */
	long await(long timeoutNanos) throws InterruptedException {
		long remaining = timeoutNanos;
		// Before the count is read, so that whoever leaves after that signals.
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
	 * What has left is read first, so that the result is never too low.
	 */
	long count() {
		long done = this.left.sum();
		return this.entered.sum() - done;
	}

}
