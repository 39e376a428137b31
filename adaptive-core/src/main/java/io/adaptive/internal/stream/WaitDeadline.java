package io.adaptive.internal.stream;

import java.time.Duration;

import io.adaptive.internal.message.TimeLimit;

/**
 * The deadline of one operation. It starts when the caller calls, so that encoding and
 * decoding count, too.
 *
 * @param timeout the time from the start, zero for no limit
 * @param limited whether there is a deadline
 * @param nanoTime the deadline, in {@link System#nanoTime()}; only meaningful if limited
 */
record WaitDeadline(Duration timeout, boolean limited, long nanoTime) {

	/** No deadline. */
	static final WaitDeadline NONE = new WaitDeadline(Duration.ZERO, false, 0);

	/**
	 * Returns a deadline that starts now.
	 * @param timeout the timeout, zero or a hundred years for no limit
	 */
	static WaitDeadline after(Duration timeout) {
		return (timeout.isZero() || TimeLimit.isNone(timeout)) ? NONE
				: new WaitDeadline(timeout, true, System.nanoTime() + TimeLimit.nanos(timeout));
	}

	/**
	 * Returns the remaining time in nanoseconds, zero or less when it is over. Only for a
	 * deadline that is limited.
	 */
	long leftNanos() {
		return this.nanoTime - System.nanoTime();
	}

	boolean isOver() {
		return this.limited && leftNanos() <= 0;
	}

	/**
	 * Returns the timeout for an error text.
	 */
	long millis() {
		return this.timeout.toMillis();
	}

}
