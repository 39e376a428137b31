package io.adaptive.gshell.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times and sizes as users read them.
 */
final class Words {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

	private Words() {
	}

	/**
	 * A time in the zone of the terminal.
	 */
	static String time(Instant instant) {
		return TIME.format(instant.atZone(ZoneId.systemDefault()));
	}

	/**
	 * A duration in its two largest units, for example {@code 3m12s}.
	 */
	static String duration(Duration duration) {
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds < 60) {
			return seconds + "s";
		}
		if (seconds < 3600) {
			return "%sm%ss".formatted(seconds / 60, seconds % 60);
		}
		if (seconds < 86_400) {
			return "%sh%sm".formatted(seconds / 3600, seconds % 3600 / 60);
		}
		return "%sd%sh".formatted(seconds / 86_400, seconds % 86_400 / 3600);
	}

	/**
	 * A number of bytes in the largest unit, for example {@code 12 MB}.
	 */
	static String size(long bytes) {
		if (bytes < 1 << 10) {
			return bytes + " B";
		}
		if (bytes < 1 << 20) {
			return (bytes >> 10) + " KB";
		}
		return (bytes < 1 << 30) ? (bytes >> 20) + " MB" : (bytes >> 30) + " GB";
	}

	/**
	 * The line for a group that has not answered.
	 */
	static String silent(String group) {
		return "The group %s has not answered in time; look at: gsh log %s".formatted(group, group);
	}

}
