package io.adaptive.internal.message;

import java.time.Duration;

/**
 * Converts how long to wait at most, as users give it, into what clocks count. A hundred
 * years or more, such as {@code Duration.ofSeconds(Long.MAX_VALUE)}, are no limit:
 * nanoseconds count up to 292 years, and the clock may have begun anywhere.
 */
public final class TimeLimit {

	private static final Duration NONE = Duration.ofDays(36_500);

	private TimeLimit() {
	}

	/**
	 * Tells whether a time is too long to be a limit.
	 * @param time the time
	 * @return whether to wait for ever
	 */
	public static boolean isNone(Duration time) {
		return time.compareTo(NONE) >= 0;
	}

	/**
	 * Converts a time.
	 * @param time the time; a negative one is none at all
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
	 * Takes a time that is too long for none, where zero means no limit.
	 * @param time the time
	 * @return the time, zero for no limit
	 */
	public static Duration orZero(Duration time) {
		return isNone(time) ? Duration.ZERO : time;
	}

}
