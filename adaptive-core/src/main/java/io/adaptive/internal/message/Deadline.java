package io.adaptive.internal.message;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A point in time shared by several consecutive waits.
 *
 * @param start the start, in {@link System#nanoTime()}
 * @param nanos nanoseconds from the start, {@link Long#MAX_VALUE} for no limit
 */
public record Deadline(long start, long nanos) {

	/** No limit. */
	public static final Deadline NEVER = new Deadline(0, Long.MAX_VALUE);

	/**
	 * Returns a deadline after a time.
	 * @param time the time from now; a hundred years or more are no limit
	 * @return the deadline
	 */
	public static Deadline in(Duration time) {
		long nanos = TimeLimit.nanos(time);
		return (nanos == Long.MAX_VALUE) ? NEVER : new Deadline(System.nanoTime(), nanos);
	}

	/**
	 * Returns the remaining time.
	 * @return nanoseconds, 0 when it is over, {@link Long#MAX_VALUE} for no limit
	 */
	public long leftNanos() {
		return (this.nanos == Long.MAX_VALUE) ? Long.MAX_VALUE
				: Math.max(0, this.nanos - (System.nanoTime() - this.start));
	}

	/**
	 * Returns the remaining time.
	 * @return the time, zero when it is over
	 */
	public Duration left() {
		return Duration.ofNanos(leftNanos());
	}

	/**
	 * Waits for the end of a thread, until this deadline.
	 * @param thread the thread
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public void join(Thread thread) throws InterruptedException {
		// Rounded up: zero would wait forever.
		long millis = TimeUnit.NANOSECONDS.toMillis(leftNanos()) + 1;
		thread.join(millis);
	}

	/**
	 * Returns the earlier of two deadlines.
	 * @param other another deadline
	 * @return this or the other
	 */
	public Deadline soonerOf(Deadline other) {
		return (leftNanos() <= other.leftNanos()) ? this : other;
	}

	/**
	 * Returns an earlier deadline, which reserves time for later work.
	 * @param reserve the time to reserve, at most a quarter of the whole
	 * @return an earlier deadline
	 */
	public Deadline before(Duration reserve) {
		return (this.nanos == Long.MAX_VALUE) ? this
				: new Deadline(this.start, this.nanos - Math.min(this.nanos / 4, TimeLimit.nanos(reserve)));
	}

}
