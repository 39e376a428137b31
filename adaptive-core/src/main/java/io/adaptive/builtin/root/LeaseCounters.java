package io.adaptive.builtin.root;

import java.util.concurrent.atomic.LongAdder;

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

	LeaseStatistics statistics(int held) {
		return new LeaseStatistics(held, this.renewed.sum(), this.lost.sum());
	}

}
