package io.adaptive.internal.registry;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Index of the registrations in the order of their epochs, and by service. An exact name
 * is found by its hash; for a pattern all registrations are searched.
 */
final class ServiceIndex {

	private final NavigableMap<Long, Registration> all = new TreeMap<>();

	private final Map<ServiceName, NavigableMap<Long, Registration>> byService = new HashMap<>();

	private int entries;

	void replace(@Nullable Registration before, @Nullable Registration after) {
		if (before != null) {
			remove(before);
		}
		if (after != null) {
			this.all.put(after.epoch(), after);
			this.entries += after.services().size();
			after.services()
				.forEach((service) -> this.byService.computeIfAbsent(service, (name) -> new TreeMap<>())
					.put(after.epoch(), after));
		}
	}

	private void remove(Registration before) {
		this.all.remove(before.epoch());
		this.entries -= before.services().size();
		for (ServiceName service : before.services()) {
			NavigableMap<Long, Registration> offering = this.byService.get(service);
			if (offering != null) {
				offering.remove(before.epoch());
				if (offering.isEmpty()) {
					this.byService.remove(service);
				}
			}
		}
	}

	/**
	 * Returns the number of registered services, counted for each node.
	 */
	int entries() {
		return this.entries;
	}

	Collection<Registration> all() {
		return this.all.values();
	}

	/**
	 * Returns the registrations after an epoch that may have services matching a pattern.
	 */
	Collection<Registration> candidates(ServicePattern pattern, long after) {
		NavigableMap<Long, Registration> from = this.all;
		if (pattern.isExact()) {
			from = this.byService.getOrDefault(new ServiceName(pattern.publisher(), pattern.name()), new TreeMap<>());
		}
		return from.tailMap(after, false).values();
	}

	/**
	 * Returns the services that match a pattern.
	 */
	static Set<ServiceName> matching(ServicePattern pattern, Set<ServiceName> services) {
		if (pattern.equals(ServicePattern.ALL)) {
			return services;
		}
		if (pattern.isExact()) {
			ServiceName service = new ServiceName(pattern.publisher(), pattern.name());
			return services.contains(service) ? Set.of(service) : Set.of();
		}
		Set<ServiceName> matching = new HashSet<>();
		for (ServiceName service : services) {
			if (pattern.matches(service)) {
				matching.add(service);
			}
		}
		return matching;
	}

	static boolean anyMatches(ServicePattern pattern, Set<ServiceName> services) {
		if (pattern.isExact()) {
			return services.contains(new ServiceName(pattern.publisher(), pattern.name()));
		}
		return services.stream().anyMatch(pattern::matches);
	}

}
