package io.adaptive.dispatch;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what has been taken and is not yet done. Counting takes no lock; only who waits
 * for the end does.
 */
final class InFlight {

	private final AtomicLong count = new AtomicLong();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = this.lock.newCondition();

	private volatile boolean awaited;

	void enter() {
		this.count.incrementAndGet();
	}

	void leave() {
		if (this.count.decrementAndGet() == 0 && this.awaited) {
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
		// Before the count is read, so that whoever makes it zero after that signals.
		this.awaited = true;
		this.lock.lockInterruptibly();
		try {
			while (this.count.get() > 0 && remaining > 0) {
				remaining = this.empty.awaitNanos(remaining);
			}
			return this.count.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
