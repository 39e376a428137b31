package io.adaptive.topidchart.session;

/**
 * The times of a collector in the time of this machine. A collector whose clock is wrong
 * is shown at the time of this machine; samples that come late are not taken for that.
 * Not for several threads.
 */
final class SampleClock {

	/** A smaller difference is no difference. */
	static final long TOLERANCE_MILLIS = 2000;

	private final long latestMillis;

	private long offset;

	private long last;

	private boolean begun;

	/**
	 * Makes a clock.
	 * @param latestMillis how late samples may come
	 * @param offset the offset so far
	 * @param last the time of the last sample, zero for none
	 */
	SampleClock(long latestMillis, long offset, long last) {
		this.latestMillis = latestMillis;
		this.offset = offset;
		this.last = last;
		this.begun = last > 0;
	}

	/**
	 * Returns the time of a sample, later than that of the one before.
	 * @param millis its time by the clock of the collector
	 * @param now the time of this machine
	 */
	long shown(long millis, long now) {
		if (!this.begun) {
			this.begun = true;
			this.offset = Math.abs((double) now - millis) <= this.latestMillis && millis <= now + TOLERANCE_MILLIS ? 0
					: now - millis;
		}
		double shown = (double) millis + this.offset;
		if (shown > now + TOLERANCE_MILLIS || shown <= this.last || shown < now - this.latestMillis) {
			this.offset = now - millis;
		}
		this.last = Math.max(millis + this.offset, this.last + 1);
		return this.last;
	}

	/**
	 * Takes a sample that was shown before this service was started.
	 * @param millis when it was shown
	 */
	void replay(long millis) {
		this.begun = true;
		this.last = Math.max(millis, this.last);
	}

	/**
	 * Returns what is added to the times of the collector.
	 */
	long offset() {
		return this.offset;
	}

}
