package io.adaptive.settings;

import java.time.Duration;

import io.adaptive.internal.message.TimeRange;

/**
 * What one node may use of its proxy.
 *
 * @param connections how many clients may be connected to it, at least 1
 * @param bytesPerSecond how much may be passed on, both directions of all its connections
 * together, at least 1; {@link Long#MAX_VALUE} for any amount
 * @param fetchTimeout how long a client waits for the node to come for it
 */
public record RelayLimits(int connections, long bytesPerSecond, Duration fetchTimeout) {

	private static final TimeRange FETCH = new TimeRange("time in which a relayed client is fetched",
			Duration.ofMillis(1), Duration.ofHours(1));

	/** 256 connections and what one network interface of a gigabit carries. */
	public static final RelayLimits DEFAULT = new RelayLimits(256, 125_000_000, Duration.ofSeconds(5));

	/**
	 * Checks the numbers.
	 * @throws IllegalArgumentException if one is out of range
	 */
	public RelayLimits {
		if (connections < 1 || bytesPerSecond < 1) {
			throw new IllegalArgumentException("A relay has at least 1 connection and 1 byte per second, not %s and %s"
				.formatted(connections, bytesPerSecond));
		}
		FETCH.check(fetchTimeout);
	}

	/**
	 * Returns whether anything is ever held back.
	 * @return whether there is a limit on the bytes
	 */
	public boolean isShaping() {
		return this.bytesPerSecond != Long.MAX_VALUE;
	}

}
