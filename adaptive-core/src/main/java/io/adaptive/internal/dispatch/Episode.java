package io.adaptive.internal.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Something that comes and goes, and is told of only when it has not been there for a
 * while, so that the log stays short however often that is. For any number of threads.
 */
final class Episode {

	static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

	private final AtomicLong last;

	/**
	 * Makes one that has not happened yet.
	 * @param now the time in nanoseconds, from any origin
	 */
	Episode(long now) {
		this.last = new AtomicLong(now - PAUSE_NANOS);
	}

	/**
	 * It happens.
	 * @param now the time in nanoseconds
	 * @return whether that is the first time after a pause
	 */
	boolean begins(long now) {
		long before = this.last.getAndSet(now);
		return now - before >= PAUSE_NANOS;
	}

}
