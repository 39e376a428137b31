package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets one log line through, and the next one only after a while. What strangers can
 * cause must not fill a disk.
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
	 * Tells whether a line may be logged now, which is then taken for logged.
	 */
	boolean mayLog() {
		long before = this.last.get();
		long now = this.nanoClock.getAsLong();
		return now - before >= this.pauseNanos && this.last.compareAndSet(before, now);
	}

}
