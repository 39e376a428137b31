package io.adaptive.topidchart.intake;

/**
 * Limit of how often something may happen: as often at once as in a minute, and then as
 * often in each minute. For any thread.
 */
final class Rate {

	private static final double MINUTE_MILLIS = 60_000;

	private final int perMinute;

	private double available;

	private long before;

	Rate(int perMinute, long now) {
		this.perMinute = perMinute;
		this.available = perMinute;
		this.before = now;
	}

	/**
	 * Returns whether one more may be opened, and counts it.
	 */
	synchronized boolean take(long now) {
		this.available = Math.min(this.perMinute,
				this.available + Math.max(0, now - this.before) * this.perMinute / MINUTE_MILLIS);
		this.before = now;
		if (this.available < 1) {
			return false;
		}
		this.available--;
		return true;
	}

}
