package io.adaptive.client;

import java.util.List;

import io.adaptive.message.ServiceInstance;

/**
 * Chooses among several instances of a service that are equally near. Safe for use by
 * many threads.
 */
@FunctionalInterface
public interface Selection {

	/**
	 * Puts instances in the order in which they are to be tried.
	 * @param candidates at least one instance, in no particular order
	 * @param measurements what can be known of them
	 * @return all candidates, the chosen one first. What is no candidate is ignored,
	 * candidates that are missing are tried last, and an exception is logged and leaves
	 * the order of the candidates
	 */
	List<ServiceInstance> order(List<ServiceInstance> candidates, Measurements measurements);

	/**
	 * Chooses any.
	 * @return the default selection
	 */
	static Selection random() {
		return SelectionChain.EMPTY;
	}

	/**
	 * Keeps the half, rounded up, whose worker pools can take on most, and draws one of
	 * them weighted by its score.
	 * @return the selection, which asks each candidate
	 * @see io.adaptive.message.WorkerStatistics#capacityScore()
	 */
	static SelectionChain capacity() {
		return SelectionChain.EMPTY.thenCapacity();
	}

	/**
	 * Keeps the half, rounded up, that answers fastest, and chooses any of them.
	 * @return the selection, which asks each candidate four times
	 */
	static SelectionChain latency() {
		return SelectionChain.EMPTY.thenLatency();
	}

	/**
	 * Chooses one after the other, each time it is asked.
	 * @return a selection that remembers whose turn it is
	 */
	static Selection roundRobin() {
		return new RoundRobin();
	}

	/**
	 * Chooses the same provider for the same key for as long as it is there. When others
	 * come or go, only the keys that must move do.
	 * @param key what the choice depends on
	 * @return the selection
	 */
	static Selection sticky(String key) {
		return new Sticky(key);
	}

	/**
	 * Draws two and chooses the one with which this program has less going on. An
	 * instance that has just appeared is drawn seldom at first, so that it is warm when
	 * it gets its full share after ten seconds.
	 * @return the selection
	 */
	static Selection powerOfTwoChoices() {
		return new PowerOfTwoChoices();
	}

}
