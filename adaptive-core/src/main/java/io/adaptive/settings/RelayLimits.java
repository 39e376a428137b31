package io.adaptive.settings;

import java.time.Duration;

import io.adaptive.internal.message.TimeRange;

/**
 * The limits of a reverse proxy per relayed node.
 *
 * @param connections the maximum number of connected clients, at least 1
 * @param bytesPerSecond the bandwidth limit in bytes per second, for both directions of
 * all connections of the node together, at least 1; {@link Long#MAX_VALUE} for no limit
 * @param fetchTimeout the time that a client waits until the node accepts its connection
 */
public record RelayLimits(int connections, long bytesPerSecond, Duration fetchTimeout) {

	private static final TimeRange FETCH = new TimeRange("time in which a relayed client is fetched",
			Duration.ofMillis(1), Duration.ofHours(1));

	/** The default: 256 connections, 1 Gbit/s and a fetch timeout of 5 seconds. */
	public static final RelayLimits DEFAULT = new RelayLimits(256, 125_000_000, Duration.ofSeconds(5));

	/**
	 * Checks the limits.
	 * @throws IllegalArgumentException if a limit is out of range
	 */
	public RelayLimits {
		if (connections < 1 || bytesPerSecond < 1) {
			throw new IllegalArgumentException("A relay has at least 1 connection and 1 byte per second, not %s and %s"
				.formatted(connections, bytesPerSecond));
		}
		FETCH.check(fetchTimeout);
	}

	/**
	 * Returns whether the bandwidth is limited.
	 * @return {@code true} if {@code bytesPerSecond} is a limit
	 */
	public boolean isShaping() {
		return this.bytesPerSecond != Long.MAX_VALUE;
	}

}
