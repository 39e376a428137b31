package io.adaptive.internal.transport;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.adaptive.message.Scope;
import io.adaptive.spi.ScopeTraffic;
import io.adaptive.status.TrafficStatistics;

/**
 * Traffic counters of the links of one node. Thread-safe.
 */
public final class Traffic {

	private final Map<Scope, ScopeTraffic> scopes;

	/**
	 * Creates counters at zero.
	 */
	public Traffic() {
		Map<Scope, ScopeTraffic> counted = new EnumMap<>(Scope.class);
		for (Scope scope : Scope.values()) {
			counted.put(scope, new ScopeTraffic());
		}
		this.scopes = Collections.unmodifiableMap(counted);
	}

	/**
	 * Returns the counters of one scope.
	 * @param scope the scope
	 * @return its counters
	 */
	public ScopeTraffic in(Scope scope) {
		return Objects.requireNonNull(this.scopes.get(scope));
	}

	/**
	 * Returns the statistics of all scopes.
	 * @return the approximate current numbers
	 */
	public Map<Scope, TrafficStatistics> statistics() {
		Map<Scope, TrafficStatistics> statistics = new EnumMap<>(Scope.class);
		this.scopes.forEach((scope, counted) -> statistics.put(scope, counted.statistics()));
		return Collections.unmodifiableMap(statistics);
	}

}
