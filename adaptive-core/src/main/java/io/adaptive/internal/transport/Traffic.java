package io.adaptive.internal.transport;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.adaptive.message.Scope;
import io.adaptive.spi.ScopeTraffic;
import io.adaptive.status.TrafficStatistics;

/**
 * Counts what goes through the links of one node. For any number of threads.
 */
public final class Traffic {

	private final Map<Scope, ScopeTraffic> scopes;

	/**
	 * Begins at zero.
	 */
	public Traffic() {
		Map<Scope, ScopeTraffic> counted = new EnumMap<>(Scope.class);
		for (Scope scope : Scope.values()) {
			counted.put(scope, new ScopeTraffic());
		}
		this.scopes = Collections.unmodifiableMap(counted);
	}

	/**
	 * Returns what counts the links of one scope.
	 * @param scope the scope
	 * @return its numbers
	 */
	public ScopeTraffic in(Scope scope) {
		return Objects.requireNonNull(this.scopes.get(scope));
	}

	/**
	 * Reads the numbers of all scopes.
	 * @return the numbers of about this moment
	 */
	public Map<Scope, TrafficStatistics> statistics() {
		Map<Scope, TrafficStatistics> statistics = new EnumMap<>(Scope.class);
		this.scopes.forEach((scope, counted) -> statistics.put(scope, counted.statistics()));
		return Collections.unmodifiableMap(statistics);
	}

}
