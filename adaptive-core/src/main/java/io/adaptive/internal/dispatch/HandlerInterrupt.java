package io.adaptive.internal.dispatch;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The interrupt of one run of a handler: at most one, and only between {@link #begin} and
 * {@link #end}. A lock orders the interrupt and the end of the handler, so that no
 * interrupt reaches later work of the thread. Thread-safe.
 */
final class HandlerInterrupt {

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * The thread of the running handler, {@code null} before and after. Guarded by the
	 * lock.
	 */
	private @Nullable Thread thread;

	/** Guarded by the lock. */
	private boolean fired;

	/**
	 * Marks the start of the handler on the calling thread.
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
	 * Interrupts the handler while it runs, unless the calling thread is the handler's
	 * own.
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
	 * Marks the return of the handler and clears the interrupt flag set by this object.
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
