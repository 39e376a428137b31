package io.adaptive.registry;

import java.time.Duration;

/**
 * How long a registry believes what it was told.
 *
 * @param lease how long a node stays without renewing
 * @param renewal how often nodes renew
 * @param protection how long nodes that were lost together, and cannot be verified, stay
 */
public record LeaseTimes(Duration lease, Duration renewal, Duration protection) {

	/** Six seconds, renewed every two; protected for a minute. */
	public static final LeaseTimes DEFAULT = new LeaseTimes(Duration.ofSeconds(6), Duration.ofSeconds(2),
			Duration.ofSeconds(60));

}
