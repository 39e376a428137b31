package io.adaptive.internal.builtin.root;

import java.util.concurrent.atomic.LongAdder;

import io.adaptive.status.LeaseStatistics;

/**
 * Counts what becomes of the leases that a node has with its root registries.
 */
final class LeaseCounters {

	private final LongAdder renewed = new LongAdder();

	private final LongAdder lost = new LongAdder();

	void renewed() {
		this.renewed.increment();
	}

	void lost() {
		this.lost.increment();
	}

	LeaseStatistics statistics(int held, int wanted) {
		return new LeaseStatistics(held, wanted, this.renewed.sum(), this.lost.sum());
	}

}
