package io.adaptive.client;

import java.util.List;

import io.adaptive.message.ServiceInstance;

/**
 * A strategy to select among the instances of a service in the same scope.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface Selection {

	/**
	 * Returns the order in which instances are to be tried.
	 * @param candidates at least one instance, in no particular order
	 * @param measurements measurements of the candidates
	 * @return all candidates, the selected one first. Instances that are no candidates
	 * are ignored, and missing candidates are tried last. If this method throws, the
	 * exception is logged and the order of the candidates is used
	 */
	List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements);

	/**
	 * Returns a selection that chooses at random.
	 * @return the default selection
	 */
	static Selection random() {
		return SelectionChain.EMPTY;
	}

	/**
	 * Returns a selection by capacity. It keeps the half of the candidates, rounded up,
	 * with the highest capacity scores, and draws one of them with a probability weighted
	 * by its score.
	 * @return the selection, which sends one query to each candidate
	 * @see io.adaptive.message.WorkerStatistics#capacityScore()
	 */
	static SelectionChain capacity() {
		return SelectionChain.EMPTY.thenCapacity();
	}

	/**
	 * Returns a selection by latency. It keeps the half of the candidates, rounded up,
	 * with the shortest response times, and chooses one of them at random.
	 * @return the selection, which sends four queries to each candidate
	 */
	static SelectionChain latency() {
		return SelectionChain.EMPTY.thenLatency();
	}

	/**
	 * Returns a selection that chooses the instances in turn.
	 * @return a new selection with its own position
	 */
	static Selection roundRobin() {
		return new RoundRobin();
	}

	/**
	 * Returns a selection that chooses the same provider for the same key as long as the
	 * provider is available (rendezvous hashing). When providers join or leave, only the
	 * keys of those providers move.
	 * @param key the key
	 * @return the selection
	 */
	static Selection sticky(String key) {
		return new Sticky(key);
	}

	/**
	 * Returns a selection that draws two instances and chooses the one on which this
	 * program has less load. A new instance is drawn rarely at first (slow start) and
	 * gets its full share after 10 seconds.
	 * @return the selection
	 */
	static Selection powerOfTwoChoices() {
		return new PowerOfTwoChoices();
	}

}
