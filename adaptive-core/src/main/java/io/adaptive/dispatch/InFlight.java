package io.adaptive.dispatch;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what has been taken and is not yet done.
 */
final class InFlight {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = this.lock.newCondition();

	private long count;

	void enter() {
		this.lock.lock();
		try {
			this.count++;
		}
		finally {
			this.lock.unlock();
		}
	}

	void leave() {
		this.lock.lock();
		try {
			if (--this.count == 0) {
				this.empty.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until all is done.
	 * @return how many are left when the time is up
	 */
	long await(long timeoutNanos) throws InterruptedException {
		long remaining = timeoutNanos;
		this.lock.lockInterruptibly();
		try {
			while (this.count > 0 && remaining > 0) {
				remaining = this.empty.awaitNanos(remaining);
			}
			return this.count;
		}
		finally {
			this.lock.unlock();
		}
	}

}
