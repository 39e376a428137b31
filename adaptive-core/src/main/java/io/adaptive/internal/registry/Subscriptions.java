package io.adaptive.internal.registry;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * Subscriptions of a registry. A change is compared once with each pattern, and by hash
 * with exact names, so that subscriptions it does not concern cost nothing.
 */
final class Subscriptions {

	private final Map<ServiceName, Set<Subscription>> exact = new HashMap<>();

	private final Map<ServicePattern, Set<Subscription>> wildcard = new HashMap<>();

	private int size;

	void add(Subscription subscription) {
		ServicePattern pattern = subscription.pattern();
		Set<Subscription> same = pattern.isExact() ? this.exact.computeIfAbsent(name(pattern), (n) -> newSet())
				: this.wildcard.computeIfAbsent(pattern, (p) -> newSet());
		if (same.add(subscription)) {
			this.size++;
		}
	}

	private static Set<Subscription> newSet() {
		return new LinkedHashSet<>(2);
	}

	void remove(Subscription subscription) {
		ServicePattern pattern = subscription.pattern();
		if (pattern.isExact()) {
			removeFrom(this.exact, name(pattern), subscription);
		}
		else {
			removeFrom(this.wildcard, pattern, subscription);
		}
	}

	private <K> void removeFrom(Map<K, Set<Subscription>> all, K key, Subscription subscription) {
		Set<Subscription> same = all.get(key);
		if (same != null && same.remove(subscription)) {
			this.size--;
			if (same.isEmpty()) {
				all.remove(key);
			}
		}
	}

	private static ServiceName name(ServicePattern pattern) {
		return new ServiceName(pattern.publisher(), pattern.name());
	}

	int size() {
		return this.size;
	}

	void changed(Change change) {
		for (ServiceName service : change.affected()) {
			this.exact.getOrDefault(service, Set.of())
				.forEach((subscription) -> subscription.changed(change.revision()));
		}
		this.wildcard.forEach((pattern, same) -> {
			if (ServiceIndex.anyMatches(pattern, change.affected())) {
				same.forEach((subscription) -> subscription.changed(change.revision()));
			}
		});
	}

	void wakeAll() {
		this.exact.values().forEach((same) -> same.forEach(Subscription::wake));
		this.wildcard.values().forEach((same) -> same.forEach(Subscription::wake));
	}

}
