package io.adaptive.internal.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.spi.Lookup;
import io.adaptive.status.ServiceQuery;
import org.jspecify.annotations.Nullable;

/**
 * Tells what instances appear and go. Keeps no queue: what is told next is the difference
 * between what was told before and what there is now, so that a slow reader misses
 * nothing that still matters and holds no memory. Safe for use by many threads.
 */
public final class InstanceWatch implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Discovery.class);

	private final Discovery discovery;

	private final ServiceQuery query;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	/** By instance: one that is reached at another address is still the same. */
	private final Map<Discovery.Key, ServiceInstance> told = new LinkedHashMap<>();

	InstanceWatch(Discovery discovery, ServiceQuery query, CompletableFuture<?> stop) {
		this.discovery = discovery;
		this.query = query;
		Lookup.Watch watch = discovery.onChange(query, () -> this.listeners.forEach(InstanceWatch::tell));
		// A dependent of "stop" itself would stay with it for the life of the node.
		CompletableFuture<?> unused = CompletableFuture.anyOf(stop, this.closed)
			.whenComplete((stopped, error) -> watch.close());
	}

	private static void tell(Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException ex) {
			logger.warn("listener of a watch failed, others are told", ex);
		}
	}

	/**
	 * Adds who is called after {@link #poll} may have something to tell.
	 * @param changed called on any thread, must not block
	 */
	public void onChange(Runnable changed) {
		this.listeners.add(changed);
	}

	/**
	 * Returns what has changed, which counts as told then.
	 * @param max how many events at most
	 * @return the events, what has gone first
	 * @throws io.adaptive.message.AdaptiveException if a scope cannot be searched at the
	 * moment; nothing counts as told then
	 */
	public synchronized List<ServiceEvent> poll(long max) {
		Map<Discovery.Key, ServiceInstance> known = this.discovery.all(this.query);
		List<ServiceEvent> events = new ArrayList<>();
		for (Discovery.Key each : List.copyOf(this.told.keySet())) {
			if (events.size() < max && !known.containsKey(each)) {
				events.add(new ServiceEvent.Gone(Objects.requireNonNull(this.told.remove(each))));
			}
		}
		known.forEach((key, each) -> {
			if (events.size() < max && this.told.putIfAbsent(key, each) == null) {
				events.add(new ServiceEvent.Appeared(each));
			}
		});
		return events;
	}

	@Override
	public void close() {
		this.closed.complete(null);
	}

}
