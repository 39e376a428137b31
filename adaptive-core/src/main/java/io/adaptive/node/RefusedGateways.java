package io.adaptive.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.adaptive.discovery.DiscoveryClock;
import io.adaptive.message.Instance;

/**
 * Gateways that a root registry could not reach, or that did not relay. Each is tried
 * again after a pause, which each refusal doubles. Safe for use by many threads.
 */
final class RefusedGateways {

	/** The first pause. */
	static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

	/** The longest pause is 8 minutes. */
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
	 * Why a gateway is not used.
	 *
	 * @param times how often it was refused before
	 * @param until when it is tried again, by the clock
	 */
	private record Refusal(int times, long until) {
	}

}
