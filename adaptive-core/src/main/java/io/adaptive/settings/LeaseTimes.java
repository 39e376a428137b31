package io.adaptive.settings;

import java.time.Duration;

import io.adaptive.internal.message.TimeRange;

/**
 * How long a registry believes what it was told.
 *
 * @param lease how long a node stays without renewing
 * @param renewal how often nodes renew
 * @param protection how long nodes that were lost together, and cannot be verified, stay
 */
public record LeaseTimes(Duration lease, Duration renewal, Duration protection) {

	private static final TimeRange LEASE = new TimeRange("time of a lease", Duration.ofMillis(10), Duration.ofDays(1));

	private static final TimeRange RENEWAL = new TimeRange("time between two renewals of a lease", Duration.ofMillis(1),
			Duration.ofHours(12));

	private static final TimeRange PROTECTION = new TimeRange("time for which lost nodes are protected", Duration.ZERO,
			Duration.ofDays(1));

	/** Six seconds, renewed every two; protected for a minute. */
	public static final LeaseTimes DEFAULT = new LeaseTimes(Duration.ofSeconds(6), Duration.ofSeconds(2),
			Duration.ofSeconds(60));

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if one is out of range, or one lost renewal would
	 * end a lease
	 */
	public LeaseTimes {
		LEASE.check(lease);
		RENEWAL.check(renewal);
		PROTECTION.check(protection);
		if (lease.compareTo(renewal.multipliedBy(2)) < 0) {
			throw new IllegalArgumentException(
					"A lease lasts for at least two renewals, so that one may be lost: %s is less than twice %s"
						.formatted(lease, renewal));
		}
	}

}
