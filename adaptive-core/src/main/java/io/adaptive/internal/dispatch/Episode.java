package io.adaptive.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rate limit of a log line for a recurring condition. The condition is reported only
 * after it was absent for {@link #PAUSE_NANOS}, however often it occurs. Thread-safe.
 */
final class Episode {

	static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final AtomicLong last;

	/**
	 * Creates a rate limit for a condition that has not occurred.
	 * @param now the time in nanoseconds, with an arbitrary origin
	 */
	Episode(long now) {
		this.last = new AtomicLong(now - PAUSE_NANOS);
	}

	/**
	 * Records an occurrence.
	 * @param now the time in nanoseconds
	 * @return whether it is the first one after a pause
	 */
	boolean begins(long now) {
		long before = this.last.getAndSet(now);
		return now - before >= PAUSE_NANOS;
	}

}
