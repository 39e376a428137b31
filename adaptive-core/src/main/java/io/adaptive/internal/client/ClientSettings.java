package io.adaptive.internal.client;

import java.time.Duration;
import java.util.Set;

import io.adaptive.client.Selection;
import io.adaptive.internal.message.TimeRange;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServicePattern;
import io.adaptive.status.ServiceQuery;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a client.
 *
 * @param discoverTimeout time to wait for a service, {@code null} for no limit, zero for
 * no wait
 * @param providers ids of the machines, none for all
 * @param scopes the scopes to search, none for all
 * @param selection selection among instances in the same scope
 * @param calls default call settings of reconnecting connections
 * @param purpose use of the services, as shown for waiting searches
 */
public record ClientSettings(@Nullable Duration discoverTimeout, Set<ProviderId> providers, Set<Scope> scopes,
		Selection selection, CallSettings calls, @Nullable String purpose) {

	static final ClientSettings DEFAULT = new ClientSettings(null, Set.of(), Set.of(), Selection.random(),
			CallSettings.DEFAULT, null);

	private static final TimeRange DISCOVER_TIMEOUT = new TimeRange("time to wait for a service", Duration.ZERO,
			TimeRange.UNLIMITED);

	/**
	 * Checks a timeout for discovering a service.
	 * @param timeout the time to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is negative
	 */
	public static Duration checkDiscoverTimeout(Duration timeout) {
		return DISCOVER_TIMEOUT.check(timeout);
	}

	ClientSettings withDiscoverTimeout(Duration timeout) {
		return new ClientSettings(checkDiscoverTimeout(timeout), this.providers, this.scopes, this.selection,
				this.calls, this.purpose);
	}

	ClientSettings withProviders(ProviderId... providers) {
		return new ClientSettings(this.discoverTimeout, Set.of(providers), this.scopes, this.selection, this.calls,
				this.purpose);
	}

	ClientSettings withScopes(Scope... scopes) {
		return new ClientSettings(this.discoverTimeout, this.providers, Set.of(scopes), this.selection, this.calls,
				this.purpose);
	}

	ClientSettings withSelection(Selection selection) {
		return new ClientSettings(this.discoverTimeout, this.providers, this.scopes, selection, this.calls,
				this.purpose);
	}

	ClientSettings withCalls(CallSettings calls) {
		return new ClientSettings(this.discoverTimeout, this.providers, this.scopes, this.selection, calls,
				this.purpose);
	}

	ClientSettings withPurpose(String purpose) {
		return new ClientSettings(this.discoverTimeout, this.providers, this.scopes, this.selection, this.calls,
				purpose);
	}

	/**
	 * Limits the wait for a service by a deadline.
	 */
	ClientSettings within(CallDeadline deadline) {
		if (!deadline.limited()) {
			return this;
		}
		Duration left = deadline.left();
		Duration own = this.discoverTimeout;
		return (own != null && own.compareTo(left) <= 0) ? this : withDiscoverTimeout(left);
	}

	/**
	 * Limits a deadline by the discover timeout. A client with timeout zero does not
	 * wait, so it has no limit of its own.
	 */
	CallDeadline limit(CallDeadline deadline) {
		Duration own = this.discoverTimeout;
		return (own == null || own.isZero()) ? deadline : deadline.orAfter(own);
	}

	ServiceQuery query(ServicePattern pattern) {
		return new ServiceQuery(pattern, this.providers, this.scopes);
	}

}
