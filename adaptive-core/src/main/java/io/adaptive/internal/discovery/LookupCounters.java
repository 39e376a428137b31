package io.adaptive.internal.discovery;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

import io.adaptive.message.Scope;
import io.adaptive.status.LookupStatistics;

/**
 * Counters of the lookups of a node. Safe for use by many threads.
 */
public final class LookupCounters {

	private final Map<Scope, LongAdder> found;

	private final LongAdder timedOut = new LongAdder();

	private final LongAdder notThere = new LongAdder();

	private final LongAdder stopped = new LongAdder();

	private final LongAdder waiting = new LongAdder();

	private final LongAdder healed = new LongAdder();

	private final LongAdder notHealed = new LongAdder();

	LookupCounters() {
		Map<Scope, LongAdder> counted = new EnumMap<>(Scope.class);
		for (Scope scope : Scope.values()) {
			counted.put(scope, new LongAdder());
		}
		this.found = Collections.unmodifiableMap(counted);
	}

	/**
	 * Counts a service that was found and connected to.
	 * @param scope the scope in which it was found
	 */
	public void found(Scope scope) {
		Objects.requireNonNull(this.found.get(scope)).increment();
	}

	void timedOut() {
		this.timedOut.increment();
	}

	void notThere() {
		this.notThere.increment();
	}

	void stopped() {
		this.stopped.increment();
	}

	void waits() {
		this.waiting.increment();
	}

	void waitsNoMore() {
		this.waiting.decrement();
	}

	/**
	 * Counts a lost connection that had to be opened again.
	 * @param successful whether it could be opened
	 */
	public void healed(boolean successful) {
		(successful ? this.healed : this.notHealed).increment();
	}

	/**
	 * Returns the statistics of the lookups.
	 * @return the numbers of about this moment
	 */
	public LookupStatistics statistics() {
		Map<Scope, Long> byScope = new EnumMap<>(Scope.class);
		this.found.forEach((scope, count) -> byScope.put(scope, count.sum()));
		return new LookupStatistics(Collections.unmodifiableMap(byScope), this.timedOut.sum(), this.notThere.sum(),
				this.stopped.sum(), this.waiting.intValue(), this.healed.sum(), this.notHealed.sum());
	}

}
