package io.adaptive.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import io.adaptive.message.ServiceInstance;
import org.jspecify.annotations.Nullable;

/**
 * Criteria one after the other: each keeps the better half, rounded up, of what the one
 * before has kept. One of the rest is drawn; if capacity is among the criteria, the
 * chance of an instance is proportional to the weight of its score, else all have the
 * same. Immutable.
 * <p>
 * The weight of a score {@code s} above zero is {@code s}. A score that is not, as fixed
 * pools have, weighs {@code m / (1 - s)}, where {@code m} is the least score above zero
 * among those that are drawn from, or 1 if there is none. Instances without a score are
 * tried after those with one.
 */
public final class SelectionChain implements Selection {

	static final SelectionChain EMPTY = new SelectionChain(List.of());

	private final List<Criterion> criteria;

	private SelectionChain(List<Criterion> criteria) {
		this.criteria = criteria;
	}

	/**
	 * Keeps the half whose worker pools can take on most, and weights the draw.
	 * @return the longer chain
	 * @see io.adaptive.message.WorkerStatistics#capacityScore()
	 */
	public SelectionChain thenCapacity() {
		return then((candidates, measurements, scores) -> {
			scores.clear();
			measurements.capacity(candidates).forEach((candidate, score) -> {
				if (Double.isFinite(score)) {
					scores.put(candidate, score);
				}
			});
			return best(candidates, scores, Comparator.<Double>naturalOrder().reversed());
		});
	}

	/**
	 * Keeps the half that answers fastest.
	 * @return the longer chain
	 */
	public SelectionChain thenLatency() {
		return then((candidates, measurements, scores) -> best(candidates, measurements.latency(candidates),
				Comparator.naturalOrder()));
	}

	private SelectionChain then(Criterion criterion) {
		List<Criterion> longer = new ArrayList<>(this.criteria);
		longer.add(criterion);
		return new SelectionChain(List.copyOf(longer));
	}

	/**
	 * Sorts by what was measured; instances that did not answer come last. Equals stay in
	 * random order.
	 */
	private static <V> List<ServiceInstance> best(List<ServiceInstance> candidates, Map<ServiceInstance, V> measured,
			Comparator<V> order) {
		List<ServiceInstance> sorted = new ArrayList<>(candidates);
		sorted.sort(Comparator.comparing(measured::get, Comparator.nullsLast(order)));
		return sorted;
	}

	@Override
	public List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements) {
		RandomGenerator random = ThreadLocalRandom.current();
		List<ServiceInstance> ordered = new ArrayList<>(candidates);
		Collections.shuffle(ordered, ThreadLocalRandom.current());
		Map<ServiceInstance, Double> scores = new HashMap<>();
		int kept = ordered.size();
		for (Criterion criterion : this.criteria) {
			if (kept > 1) {
				List<ServiceInstance> head = ordered.subList(0, kept);
				List<ServiceInstance> sorted = criterion.sort(List.copyOf(head), measurements, scores);
				Collections.copy(head, sorted);
				kept = (kept + 1) / 2;
			}
		}
		draw(ordered.subList(0, kept), scores, random);
		return ordered;
	}

	/**
	 * Brings instances into an order as if one after the other was drawn by its weight.
	 *
	 * @see <a href="https://doi.org/10.1016/j.ipl.2005.11.003">Efraimidis, Spirakis,
	 * Weighted random sampling with a reservoir</a>
	 */
	private static void draw(List<ServiceInstance> kept, Map<ServiceInstance, Double> scores, RandomGenerator random) {
		double least = kept.stream()
			.map(scores::get)
			.filter((score) -> score != null && score > 0)
			.mapToDouble(Double::doubleValue)
			.min()
			.orElse(1);
		Map<ServiceInstance, Double> turns = new HashMap<>();
		for (ServiceInstance each : kept) {
			Double score = scores.get(each);
			double weight = scores.isEmpty() ? 1 : weight(score, least);
			turns.put(each, -Math.log(1 - random.nextDouble()) / weight);
		}
		kept.sort(Comparator.comparing(turns::get));
	}

	private static double weight(@Nullable Double score, double least) {
		if (score == null) {
			return 0;
		}
		return (score > 0) ? score : least / (1 - score);
	}

	/**
	 * Sorts candidates, the best first.
	 */
	private interface Criterion {

		/**
		 * Sorts candidates.
		 * @param scores receives the scores by which the draw is weighted
		 */
		List<ServiceInstance> sort(List<ServiceInstance> candidates, Measurements measurements,
				Map<ServiceInstance, Double> scores);

	}

}
