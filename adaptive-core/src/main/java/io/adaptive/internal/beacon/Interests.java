package io.adaptive.internal.beacon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that this node asks other nodes for: those of its watches and those of its
 * refreshes. For callers that hold the lock of the beacon, except for {@link #tell}.
 */
final class Interests {

	private final List<Watching> watches = new CopyOnWriteArrayList<>();

	private final Map<ServicePattern, CompletableFuture<Object>> refreshes = new HashMap<>();

	boolean isEmpty() {
		return this.watches.isEmpty() && this.refreshes.isEmpty();
	}

	Watching addWatch(ServicePattern pattern, Runnable changed) {
		Watching watching = new Watching(pattern, changed);
		this.watches.add(watching);
		return watching;
	}

	/**
	 * Removes a watch.
	 * @return {@code false} if it has been removed before
	 */
	boolean removeWatch(Watching watching) {
		return this.watches.remove(watching);
	}

	@Nullable CompletableFuture<Object> refresh(ServicePattern pattern) {
		return this.refreshes.get(pattern);
	}

	void addRefresh(ServicePattern pattern, CompletableFuture<Object> refresh) {
		this.refreshes.put(pattern, refresh);
	}

	void removeRefresh(ServicePattern pattern) {
		this.refreshes.remove(pattern);
	}

	/**
	 * Lets a protocol that has just been started ask for all patterns.
	 */
	void askAll(LanProtocol protocol) {
		this.watches.forEach((watching) -> protocol.ask(watching.pattern));
		this.refreshes.keySet().forEach(protocol::ask);
	}

	/**
	 * Runs the callbacks of the watches that match a service. For any thread, without the
	 * lock.
	 */
	void tell(Set<ServiceName> changed) {
		if (changed.isEmpty()) {
			return;
		}
		for (Watching watching : this.watches) {
			if (changed.stream().anyMatch(watching.pattern::matches)) {
				watching.changed.run();
			}
		}
	}

	/**
	 * A watch. Two watches of the same pattern are different.
	 */
	static final class Watching {

		private final ServicePattern pattern;

		private final Runnable changed;

		private Watching(ServicePattern pattern, Runnable changed) {
			this.pattern = pattern;
			this.changed = changed;
		}

	}

}
