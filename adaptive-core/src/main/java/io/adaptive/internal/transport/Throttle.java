package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Rate limit of a log line that remote peers can cause: one line in each pause.
 */
final class Throttle {

	private final LongSupplier nanoClock;

	private final long pauseNanos;

	private final AtomicLong last;

	Throttle(LongSupplier nanoClock, Duration pause) {
		this.nanoClock = nanoClock;
		this.pauseNanos = pause.toNanos();
		this.last = new AtomicLong(nanoClock.getAsLong() - this.pauseNanos);
	}

	/**
	 * Returns whether a line may be logged now, and counts it as logged.
	 */
	boolean mayLog() {
		long before = this.last.get();
		long now = this.nanoClock.getAsLong();
		return now - before >= this.pauseNanos && this.last.compareAndSet(before, now);
	}

}
