package io.adaptive.internal.message;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment until which several things in a row may take their time together.
 *
 * @param start the time of the JVM's clock at which it was set, in nanoseconds
 * @param nanos how long after that it is, {@link Long#MAX_VALUE} for no limit
 */
public record Deadline(long start, long nanos) {

	/** No limit. */
	public static final Deadline NEVER = new Deadline(0, Long.MAX_VALUE);

	/**
	 * Sets a deadline.
	 * @param time how long from now; a hundred years or more are no limit
	 * @return the deadline
	 */
	public static Deadline in(Duration time) {
		long nanos = TimeLimit.nanos(time);
		return (nanos == Long.MAX_VALUE) ? NEVER : new Deadline(System.nanoTime(), nanos);
	}

	/**
	 * Returns how long it is until then.
	 * @return nanoseconds, 0 when it is over, {@link Long#MAX_VALUE} for no limit
	 */
	public long leftNanos() {
		return (this.nanos == Long.MAX_VALUE) ? Long.MAX_VALUE
				: Math.max(0, this.nanos - (System.nanoTime() - this.start));
	}

	/**
	 * Returns how long it is until then.
	 * @return the time, zero when it is over
	 */
	public Duration left() {
		return Duration.ofNanos(leftNanos());
	}

	/**
	 * Waits for the end of a thread.
	 * @param thread the thread
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public void join(Thread thread) throws InterruptedException {
		// Rounded up: zero would wait for ever.
		long millis = TimeUnit.NANOSECONDS.toMillis(leftNanos()) + 1;
		thread.join(millis);
	}

	/**
	 * Chooses the sooner one.
	 * @param other another deadline
	 * @return this or the other
	 */
	public Deadline soonerOf(Deadline other) {
		return (leftNanos() <= other.leftNanos()) ? this : other;
	}

	/**
	 * Keeps some time for what comes afterwards.
	 * @param reserve what to keep, but no more than a quarter of the whole
	 * @return an earlier deadline
	 */
	public Deadline before(Duration reserve) {
		return (this.nanos == Long.MAX_VALUE) ? this
				: new Deadline(this.start, this.nanos - Math.min(this.nanos / 4, TimeLimit.nanos(reserve)));
	}

}
