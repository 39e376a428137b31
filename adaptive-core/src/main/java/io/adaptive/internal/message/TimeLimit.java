package io.adaptive.internal.message;

import java.time.Duration;

/**
 * Converts time limits set by users into nanoseconds. A hundred years or more, such as
 * {@code Duration.ofSeconds(Long.MAX_VALUE)}, are no limit: nanoseconds count up to 292
 * years, and the origin of the clock is arbitrary.
 */
public final class TimeLimit {

	private static final Duration NONE = Duration.ofDays(36_500);

	private TimeLimit() {
	}

	/**
	 * Returns whether a time is too long to be a limit.
	 * @param time the time
	 * @return whether to wait forever
	 */
	public static boolean isNone(Duration time) {
		return time.compareTo(NONE) >= 0;
	}

	/**
	 * Converts a time.
	 * @param time the time; a negative one counts as zero
	 * @return nanoseconds, {@link Long#MAX_VALUE} for no limit
	 */
	public static long nanos(Duration time) {
		if (time.isNegative()) {
			return 0;
		}
		return isNone(time) ? Long.MAX_VALUE : time.toNanos();
	}

	/**
	 * Adds two times in nanoseconds.
	 * @param nanos a time, {@link Long#MAX_VALUE} for no limit
	 * @param more another, not negative
	 * @return the sum, {@link Long#MAX_VALUE} for no limit
	 */
	public static long plus(long nanos, long more) {
		long sum = nanos + more;
		return (sum < 0) ? Long.MAX_VALUE : sum;
	}

	/**
	 * Converts a time that is too long to be a limit to zero, for settings where zero
	 * means no limit.
	 * @param time the time
	 * @return the time, zero for no limit
	 */
	public static Duration orZero(Duration time) {
		return isNone(time) ? Duration.ZERO : time;
	}

}
