package io.adaptive.settings;

import java.time.Duration;

import io.adaptive.internal.message.TimeRange;

/**
 * The lease times of a registry.
 *
 * @param lease the time after which a node that does not renew its lease is removed
 * @param renewal the interval at which nodes renew their leases
 * @param protection the time for which nodes are kept that were lost together and cannot
 * be verified
 */
public record LeaseTimes(Duration lease, Duration renewal, Duration protection) {

	private static final TimeRange LEASE = new TimeRange("time of a lease", Duration.ofMillis(10), Duration.ofDays(1));

	private static final TimeRange RENEWAL = new TimeRange("time between two renewals of a lease", Duration.ofMillis(1),
			Duration.ofHours(12));

	private static final TimeRange PROTECTION = new TimeRange("time for which lost nodes are protected", Duration.ZERO,
			Duration.ofDays(1));

	/**
	 * The default: a lease of 6 seconds, renewed every 2 seconds, and a protection of 60
	 * seconds.
	 */
	public static final LeaseTimes DEFAULT = new LeaseTimes(Duration.ofSeconds(6), Duration.ofSeconds(2),
			Duration.ofSeconds(60));

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if a time is out of range, or if the lease is
	 * shorter than two renewal intervals
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
