package io.adaptive.internal.dispatch;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The interrupt of one run of a handler: at most one, and only between {@link #begin} and
 * {@link #end}. The lock decides between an interrupt and the end of the handler, so that
 * none reaches what the thread does next. For any number of threads.
 */
final class HandlerInterrupt {

	private final ReentrantLock lock = new ReentrantLock();

	/** The thread of the handler while that runs. Guarded by the lock. */
	private @Nullable Thread thread;

	/** Guarded by the lock. */
	private boolean fired;

	/**
	 * The handler is about to run on the calling thread.
	 */
	void begin() {
		this.lock.lock();
		try {
			this.thread = Thread.currentThread();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Interrupts the handler while it runs, unless it is the handler itself that calls.
	 */
	void fire() {
		fire(false);
	}

	/**
	 * Interrupts the handler that is about to run on the calling thread.
	 */
	void fireOwn() {
		fire(true);
	}

	private void fire(boolean own) {
		this.lock.lock();
		try {
			Thread running = this.thread;
			if (running != null && !this.fired && own == (running == Thread.currentThread())) {
				this.fired = true;
				running.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The handler has returned. Takes the interrupt flag back that was set for it.
	 * @return whether the handler was interrupted
	 */
	boolean end() {
		this.lock.lock();
		try {
			this.thread = null;
			if (this.fired) {
				boolean unused = Thread.interrupted();
			}
			return this.fired;
		}
		finally {
			this.lock.unlock();
		}
	}

}
