package io.adaptive.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The time slice of a virtual worker on its carrier thread while there is always work.
 * Confined to one thread.
 * <p>
 * A virtual thread leaves its carrier only when it blocks. {@code Thread.yield} puts it
 * back into the queue of the same carrier. Threads woken by platform threads, such as
 * callers woken by an event loop for a reply, are taken by a carrier only when its own
 * queue is empty; with a few busy workers on each carrier it never is. A worker whose
 * slice is over therefore parks for a nanosecond: a platform thread wakes it, so that it
 * queues with the others.
 */
final class CarrierShare {

	/**
	 * Long compared with the cost of parking, short compared with a noticeable delay of a
	 * caller.
	 */
	static final long NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final LongSupplier clock;

	private long since;

	/**
	 * Starts the first time slice.
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 */
	CarrierShare(LongSupplier clock) {
		this.clock = clock;
		this.since = clock.getAsLong();
	}

	/**
	 * Starts a new time slice, after the worker was parked.
	 */
	void begin() {
		this.since = this.clock.getAsLong();
	}

	/**
	 * Returns whether the time slice is over.
	 */
	boolean isOver() {
		return this.clock.getAsLong() - this.since >= NANOS;
	}

	/**
	 * Parks the worker, so that all other runnable virtual threads go on, and starts a
	 * new time slice.
	 */
	void giveWay() {
		LockSupport.parkNanos(1);
		begin();
	}

}
