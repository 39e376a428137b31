package io.adaptive.status;

/**
 * The statistics of the leases of a node at its root registries.
 *
 * @param held the number of registries at which the node is registered
 * @param wanted the number of registries at which the node is to be registered, 0 while
 * it publishes nothing in WAN scope
 * @param renewed the number of lease renewals since the node started
 * @param lost the number of leases lost since the node started, either with the
 * connection to the registry or because the registry no longer knew the lease
 */
public record LeaseStatistics(int held, int wanted, long renewed, long lost) {

	/** The statistics of a node without root registries. */
	public static final LeaseStatistics NONE = new LeaseStatistics(0, 0, 0, 0);

}
