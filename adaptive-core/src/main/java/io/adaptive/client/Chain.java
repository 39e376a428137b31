package io.adaptive.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;

import io.adaptive.message.ServiceInstance;

/**
 * Criteria one after the other: each keeps the better half of what the one before has
 * kept, and any of the rest is chosen. Immutable.
 */
public final class Chain implements Selection {

	static final Chain EMPTY = new Chain(List.of());

	private final List<Criterion> criteria;

	private Chain(List<Criterion> criteria) {
		this.criteria = criteria;
	}

	/**
	 * Keeps the half whose worker pools can take on most.
	 * @return the longer chain
	 */
	public Chain thenCapacity() {
		return then((candidates, measurements) -> best(candidates, measurements.capacity(candidates),
				Comparator.<Double>naturalOrder().reversed()));
	}

	/**
	 * Keeps the half that answers fastest.
	 * @return the longer chain
	 */
	public Chain thenLatency() {
		return then((candidates, measurements) -> best(candidates, measurements.latency(candidates),
				Comparator.naturalOrder()));
	}

	private Chain then(Criterion criterion) {
		List<Criterion> longer = new ArrayList<>(this.criteria);
		longer.add(criterion);
		return new Chain(List.copyOf(longer));
	}

	/**
	 * Sorts by what was measured; who did not answer comes last. Equals stay in random
	 * order.
	 */
	private static <V> List<ServiceInstance> best(List<ServiceInstance> candidates, Map<ServiceInstance, V> measured,
			Comparator<V> order) {
		List<ServiceInstance> sorted = new ArrayList<>(candidates);
		sorted.sort(Comparator.comparing(measured::get, Comparator.nullsLast(order)));
		return sorted;
	}

	@Override
	public List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements) {
		List<ServiceInstance> ordered = new ArrayList<>(candidates);
		Collections.shuffle(ordered, ThreadLocalRandom.current());
		int kept = ordered.size();
		for (Criterion criterion : this.criteria) {
			if (kept > 1) {
				List<ServiceInstance> head = ordered.subList(0, kept);
				List<ServiceInstance> sorted = criterion.apply(List.copyOf(head), measurements);
				Collections.copy(head, sorted);
				kept = (kept + 1) / 2;
			}
		}
		Collections.shuffle(ordered.subList(0, kept), ThreadLocalRandom.current());
		return ordered;
	}

	/**
	 * Sorts candidates, the best first.
	 */
	private interface Criterion extends BiFunction<List<ServiceInstance>, Measurements, List<ServiceInstance>> {

	}

}
