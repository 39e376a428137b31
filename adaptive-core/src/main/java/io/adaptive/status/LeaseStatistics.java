package io.adaptive.status;

/**
 * The leases that a node has with its root registries.
 *
 * @param held registries with which the node is registered now
 * @param wanted registries with which it is to be registered, none while it publishes
 * nothing in WAN scope
 * @param renewed how often a lease was renewed since the node started
 * @param lost how often one was lost, with the connection to its registry or because the
 * registry did not know it any more
 */
public record LeaseStatistics(int held, int wanted, long renewed, long lost) {

	/** A node without root registries. */
	public static final LeaseStatistics NONE = new LeaseStatistics(0, 0, 0, 0);

}
