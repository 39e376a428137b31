package io.adaptive.internal.discovery;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.message.ServiceInstance;
import io.adaptive.status.SearchStatus;
import io.adaptive.status.ServiceQuery;

/**
 * Searches that wait for an instance, and the queries that they have missed. Thread-safe.
 */
final class WaitingSearches {

	private static final int MAX_MISSED = 1_000;

	private final Collection<Waiting> searches = ConcurrentHashMap.newKeySet();

	/** Queries that were waited for and have found nothing since. */
	private final Set<ServiceQuery> missed = ConcurrentHashMap.newKeySet();

	/**
	 * Records a wait for a query, which may be one of many for the same query.
	 * @return whether it is the first one since the query was last successful
	 */
	boolean beginsToMiss(ServiceQuery query) {
		if (this.missed.size() >= MAX_MISSED) {
			this.missed.clear();
		}
		return this.missed.add(query);
	}

	void found(ServiceQuery query) {
		if (!this.missed.isEmpty()) {
			this.missed.remove(query);
		}
	}

	void add(Waiting search) {
		this.searches.add(search);
	}

	void remove(Waiting search) {
		this.searches.remove(search);
	}

	/**
	 * Reports an unusable instance to the searches that wait for it.
	 */
	void passedOver(ServiceInstance instance, String reason) {
		this.searches.forEach((search) -> search.passedOver(instance, reason));
	}

	List<SearchStatus> status() {
		return this.searches.stream().map(Waiting::status).toList();
	}

	/**
	 * A search that waits.
	 */
	interface Waiting {

		/**
		 * Records an instance that could not be used.
		 */
		void passedOver(ServiceInstance instance, String reason);

		SearchStatus status();

	}

}
