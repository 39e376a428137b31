package io.adaptive.internal.scope.wan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.status.ServiceQuery;
import org.jspecify.annotations.Nullable;

/**
 * Gateways that a root registry could not reach, or that did not relay. Each is tried
 * again after a pause, which doubles with each refusal. Safe for use by many threads.
 */
final class RefusedGateways {

	/** Query for all gateways of the local network. */
	static final ServiceQuery ALL = ServiceQuery.of(ServicePattern.of(ReverseProxy.SERVICE));

	/** First pause. */
	static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

	/** Maximum number of doublings: the longest pause is 8 minutes. */
	private static final int MAX_DOUBLED = 5;

	private static final int MAX_REFUSED = 64;

	private final DiscoveryClock clock;

	private final Map<Instance, Refusal> refusals = new HashMap<>();

	RefusedGateways(DiscoveryClock clock) {
		this.clock = clock;
	}

	synchronized void add(Instance gateway) {
		if (this.refusals.size() >= MAX_REFUSED) {
			this.refusals.clear();
		}
		Refusal before = this.refusals.get(gateway);
		int times = (before != null) ? Math.min(MAX_DOUBLED, before.times() + 1) : 0;
		this.refusals.put(gateway,
				new Refusal(times, this.clock.nanoTime() + FIRST_PAUSE.multipliedBy(1L << times).toNanos()));
	}

	synchronized void remove(Instance gateway) {
		this.refusals.remove(gateway);
	}

	synchronized boolean contains(Instance gateway) {
		Refusal refusal = this.refusals.get(gateway);
		return refusal != null && refusal.until() - this.clock.nanoTime() > 0;
	}

	/**
	 * Returns the known gateways that are not refused.
	 * @param gateways finds gateways, {@code null} for none
	 */
	List<ServiceInstance> usable(@Nullable Discovery gateways) {
		return (gateways != null) ? gateways.known(ALL).stream().filter((each) -> !contains(each.instance())).toList()
				: List.of();
	}

	/**
	 * Refusal of a gateway.
	 *
	 * @param times the number of earlier refusals
	 * @param until the time of the next attempt, by the clock
	 */
	private record Refusal(int times, long until) {
	}

}
