package io.adaptive.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * How long a virtual worker keeps its carrier while there is always work. For one thread.
 * <p>
 * A virtual thread gives its carrier away only when it waits. One that yields is put back
 * into the queue of that carrier, and a carrier looks for threads that platform threads
 * have woken, as an event loop does with whoever waits for a reply, only when its own
 * queue is empty. With a few busy workers on each carrier it never is. A worker whose
 * time is over therefore waits for a nanosecond: a platform thread wakes it, so that it
 * stands in line with the others.
 */
final class CarrierShare {

	/** Long beside what giving way costs, short beside what a caller notices. */
	static final long NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final LongSupplier clock;

	private long since;

	/**
	 * Makes the share of a worker that has just got its carrier.
	 * @param clock the time in nanoseconds, from any origin
	 */
	CarrierShare(LongSupplier clock) {
		this.clock = clock;
		this.since = clock.getAsLong();
	}

	/**
	 * The worker has waited, and has its carrier anew.
	 */
	void begin() {
		this.since = this.clock.getAsLong();
	}

	/**
	 * Tells whether the worker has kept its carrier for long enough.
	 */
	boolean isOver() {
		return this.clock.getAsLong() - this.since >= NANOS;
	}

	/**
	 * Lets all other virtual threads go on that can, and returns with a new share.
	 */
	void giveWay() {
		LockSupport.parkNanos(1);
		begin();
	}

}
