package io.adaptive.internal.discovery;

import java.util.concurrent.atomic.LongAdder;

import io.adaptive.status.LeaseStatistics;

/**
 * Counters of the leases that a node has with its registries. Safe for use by many
 * threads.
 */
public final class LeaseCounters {

	private final LongAdder renewed = new LongAdder();

	private final LongAdder lost = new LongAdder();

	/**
	 * Counts a lease that was renewed.
	 */
	public void renewed() {
		this.renewed.increment();
	}

	/**
	 * Counts a lease that was lost.
	 */
	public void lost() {
		this.lost.increment();
	}

	/**
	 * Returns the statistics of about this moment.
	 * @param held the number of leases that the node holds
	 * @param wanted the number of leases that it needs
	 * @return the statistics
	 */
	public LeaseStatistics statistics(int held, int wanted) {
		return new LeaseStatistics(held, wanted, this.renewed.sum(), this.lost.sum());
	}

}
