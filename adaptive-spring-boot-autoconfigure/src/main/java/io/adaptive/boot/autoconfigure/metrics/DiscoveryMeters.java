package io.adaptive.boot.autoconfigure.metrics;

import java.util.function.ToLongFunction;

import io.adaptive.message.Scope;
import io.adaptive.status.LookupStatistics;
import io.micrometer.core.instrument.Tags;

/**
 * Meters of lookups.
 */
final class DiscoveryMeters {

	private DiscoveryMeters() {
	}

	static void bind(NodeMeters meters) {
		for (Scope scope : Scope.values()) {
			bindLookups(meters, "found", NodeMeters.tag(scope), (lookups) -> lookups.found().getOrDefault(scope, 0L));
		}
		bindLookups(meters, "timeout", "none", LookupStatistics::timedOut);
		bindLookups(meters, "none", "none", LookupStatistics::notThere);
		bindLookups(meters, "stopped", "none", LookupStatistics::stopped);
		meters.gauge("adaptive.discovery.waiting", "lookups", Tags.empty(), "Lookups that wait for a service",
				(now) -> now.lookups().waiting());
		bindHeals(meters, "success", LookupStatistics::healed);
		bindHeals(meters, "failure", LookupStatistics::notHealed);
	}

	private static void bindLookups(NodeMeters meters, String outcome, String scope,
			ToLongFunction<LookupStatistics> count) {
		meters.counter("adaptive.discovery.lookups", "lookups", Tags.of("outcome", outcome, "scope", scope),
				"Completed lookups", (now) -> count.applyAsLong(now.lookups()));
	}

	private static void bindHeals(NodeMeters meters, String outcome, ToLongFunction<LookupStatistics> count) {
		meters.counter("adaptive.heals", "connections", Tags.of("outcome", outcome),
				"Attempts to re-establish a lost connection", (now) -> count.applyAsLong(now.lookups()));
	}

}
