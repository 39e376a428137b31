package io.adaptive.internal.message;

import java.time.Duration;

/**
 * The range of a setting that is a time, bounds included.
 *
 * @param name the name of the setting, as text
 * @param min the shortest time
 * @param max the longest time, {@link #UNLIMITED} for any
 */
public record TimeRange(String name, Duration min, Duration max) {

	/** The longest possible time. */
	public static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * Checks a time.
	 * @param time the time to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is out of the range
	 */
	public Duration check(Duration time) {
		if (time.compareTo(this.min) < 0 || time.compareTo(this.max) > 0) {
			String range = this.max.equals(UNLIMITED) ? "at least " + inWords(this.min)
					: inWords(this.min) + " to " + inWords(this.max);
			throw new IllegalArgumentException("The %s is %s, not %s".formatted(this.name, range, inWords(time)));
		}
		return time;
	}

	private static String inWords(Duration time) {
		long seconds = time.getSeconds();
		if (time.compareTo(YEAR) > 0 || time.compareTo(YEAR.negated()) < 0 || time.getNano() % 1_000_000 != 0) {
			return time.toString();
		}
		if (time.getNano() != 0 || seconds == 0) {
			return time.toMillis() + " ms";
		}
		if (seconds % 86_400 == 0) {
			return time.toDays() + " d";
		}
		return (seconds % 3600 == 0) ? time.toHours() + " h" : seconds + " s";
	}

}
