package io.adaptive.transport;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Lets one log line through, and the next one only after a while. What strangers can
 * cause must not fill a disk.
 */
final class Throttle {

	private final LongSupplier nanoClock;

	private final long pauseNanos;

	private final AtomicReference<@Nullable Long> last = new AtomicReference<>();

	Throttle(LongSupplier nanoClock, Duration pause) {
		this.nanoClock = nanoClock;
		this.pauseNanos = pause.toNanos();
	}

	/**
	 * Tells whether a line may be logged now, which is then taken for logged.
	 */
	boolean mayLog() {
		Long before = this.last.get();
		long now = this.nanoClock.getAsLong();
		return (before == null || now - before >= this.pauseNanos) && this.last.compareAndSet(before, now);
	}

}
