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
 * Watch of the instances that appear and go. It has no queue: each poll returns the
 * difference between the instances reported before and those known now. So a slow reader
 * misses no lasting change and costs no memory. Safe for use by many threads.
 */
public final class InstanceWatch implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Discovery.class);

	private final Discovery discovery;

	private final ServiceQuery query;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	/** Reported instances. An instance with a new address is still the same. */
	private final Map<Discovery.Key, ServiceInstance> told = new LinkedHashMap<>();

	InstanceWatch(Discovery discovery, ServiceQuery query, CompletableFuture<?> stop) {
		this.discovery = discovery;
		this.query = query;
		Lookup.Watch watch = discovery.onChange(query, () -> this.listeners.forEach(InstanceWatch::tell));
		// Not a dependent of "stop" itself, which would keep it for the life of the node.
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
	 * Adds a listener that is run after {@link #poll} may have new events.
	 * @param changed run on any thread, must not block
	 */
	public void onChange(Runnable changed) {
		this.listeners.add(changed);
	}

	/**
	 * Returns the changes since the last poll.
	 * @param max the maximum number of events; further ones are returned by the next poll
	 * @return the events, gone instances first
	 * @throws io.adaptive.message.AdaptiveException if a scope cannot be searched at the
	 * moment; the next poll then returns the same changes
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
