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
 * A chain of selection criteria. Each criterion keeps the better half, rounded up, of the
 * instances that the previous one kept. One of the remaining instances is drawn: with a
 * probability proportional to the weight of its score if capacity is among the criteria,
 * otherwise with equal probability. Immutable.
 * <p>
 * The weight of a positive score {@code s} is {@code s}. The weight of a score that is
 * not positive, as of a fixed pool, is {@code m / (1 - s)}, where {@code m} is the
 * smallest positive score among the remaining instances, or 1 if there is none. Instances
 * without a score are tried after those with one.
 */
public final class SelectionChain implements Selection {

	static final SelectionChain EMPTY = new SelectionChain(List.of());

	private final List<Criterion> criteria;

	private SelectionChain(List<Criterion> criteria) {
		this.criteria = criteria;
	}

	/**
	 * Adds the capacity criterion, which keeps the half with the highest capacity scores
	 * and weights the draw.
	 * @return the extended chain
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
	 * Adds the latency criterion, which keeps the half with the shortest response times.
	 * @return the extended chain
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
	 * Sorts instances by a measurement. Instances without an answer come last; equal ones
	 * keep their random order.
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
	 * Sorts instances in the order of a weighted random draw without replacement.
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
	 * A criterion that sorts candidates, the best first.
	 */
	private interface Criterion {

		/**
		 * Sorts candidates.
		 * @param scores receives the scores that weight the draw
		 */
		List<ServiceInstance> sort(List<ServiceInstance> candidates, Measurements measurements,
				Map<ServiceInstance, Double> scores);

	}

}
