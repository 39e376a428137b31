package io.adaptive.topidchart.intake;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of what a collector may send.
 *
 * @param sessionsPerMinute maximum number of sessions opened in a minute, of all
 * collectors
 * @param tagLength maximum length of a tag, at most 64
 * @param intervalSeconds maximum time between two samples
 * @param processors maximum number of processors of a machine
 * @param textLength maximum length of each text about the machine; longer ones are cut
 * off, at most 1,000
 * @param informationLength maximum length of further information; longer ones are cut off
 * @param nameLength maximum length of a name of a process; longer ones are cut off, at
 * most 256
 * @param processes maximum number of processes and threads of a sample
 * @param machineSeries maximum number of series of the machine in a sample
 * @param snapshotLength maximum length of a tree of processes; longer ones are cut off
 * @param pinned maximum number of sessions that are pinned
 */
@ConfigurationProperties("topidchart.limits")
public record LimitProperties(@DefaultValue("120") int sessionsPerMinute, @DefaultValue("64") int tagLength,
		@DefaultValue("86400") int intervalSeconds, @DefaultValue("4096") int processors,
		@DefaultValue("1000") int textLength, @DefaultValue("1000000") int informationLength,
		@DefaultValue("256") int nameLength, @DefaultValue("20000") int processes,
		@DefaultValue("50000") int machineSeries, @DefaultValue("1000000") int snapshotLength,
		@DefaultValue("100") int pinned) {

	static final int MAX_TAG = 64;

	private static final int MAX_TEXT = 1000;

	static final int MAX_NAME = 256;

	/**
	 * Checks the limits that the database has, too.
	 */
	public LimitProperties {
		check("tag-length", tagLength, MAX_TAG);
		check("text-length", textLength, MAX_TEXT);
		check("name-length", nameLength, MAX_NAME);
	}

	private static void check(String property, int value, int max) {
		if (value < 1 || value > max) {
			throw new IllegalArgumentException(
					"topidchart.limits.%s is %s; it is 1 to %s".formatted(property, value, max));
		}
	}

}
