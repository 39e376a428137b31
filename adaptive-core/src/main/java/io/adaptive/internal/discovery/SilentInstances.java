package io.adaptive.internal.discovery;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Instance;
import io.adaptive.settings.DiscoveryClock;

/**
 * Instances that did not answer recently, so that others are tried first. An entry
 * expires after a while. Bounded: when it is full, the oldest entry is removed. Safe for
 * use by many threads.
 */
final class SilentInstances {

	static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final int MAX = 1_000;

	private final DiscoveryClock clock;

	/** Time at which an instance was silent, the oldest first. */
	private final Map<Instance, Long> since = new LinkedHashMap<>();

	SilentInstances(DiscoveryClock clock) {
		this.clock = clock;
	}

	synchronized void add(Instance instance) {
		this.since.remove(instance);
		this.since.put(instance, this.clock.nanoTime());
		Iterator<Instance> oldest = this.since.keySet().iterator();
		while (this.since.size() > MAX) {
			oldest.next();
			oldest.remove();
		}
	}

	synchronized void remove(Instance instance) {
		this.since.remove(instance);
	}

	synchronized boolean contains(Instance instance) {
		Long time = this.since.get(instance);
		if (time == null) {
			return false;
		}
		if (this.clock.nanoTime() - time >= REMEMBERED_NANOS) {
			this.since.remove(instance);
			return false;
		}
		return true;
	}

}
