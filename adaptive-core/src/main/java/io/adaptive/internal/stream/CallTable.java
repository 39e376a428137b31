package io.adaptive.internal.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The open calls of one direction of a connection, by id. When several threads remove a
 * call, exactly one gets it.
 * <p>
 * Ids rise, so calls that are open at the same time usually have adjacent ids: each has a
 * slot of its own, derived from the id modulo the number of slots, and needs neither a
 * boxed number nor a node. A call whose slot is occupied by an older one goes to a map,
 * and stays there. Thread-safe; lock-free.
 *
 * @param <C> a call
 */
final class CallTable<C> {

	/** A power of two. */
	private static final int SLOTS = 256;

	private final ToLongFunction<C> ids;

	/** Created with the first call, since most connections are idle. */
	private volatile @Nullable Content<C> content;

	/**
	 * Creates an empty table.
	 * @param ids returns the id of a call
	 */
	CallTable(ToLongFunction<C> ids) {
		this.ids = ids;
	}

	/**
	 * Adds a call.
	 * @return {@code false} if a call with its id is open, which then stays
	 */
	boolean add(C call) {
		long id = this.ids.applyAsLong(call);
		Content<C> current = content();
		if (!current.others.isEmpty() && current.others.containsKey(id)) {
			return false;
		}
		C resident = current.slots.compareAndExchange(slot(id), null, call);
		return resident == null
				|| (this.ids.applyAsLong(resident) != id && current.others.putIfAbsent(id, call) == null);
	}

	private Content<C> content() {
		Content<C> current = this.content;
		return (current != null) ? current : makeContent();
	}

	private synchronized Content<C> makeContent() {
		Content<C> current = this.content;
		if (current == null) {
			current = new Content<>(new AtomicReferenceArray<>(SLOTS), new ConcurrentHashMap<>());
			this.content = current;
		}
		return current;
	}

	/**
	 * Keeps consecutive calls, usually from different threads, a cache line apart.
	 */
	private static int slot(long id) {
		int low = (int) id & (SLOTS - 1);
		return (low << 4 | low >>> 4) & (SLOTS - 1);
	}

	@Nullable C find(long id) {
		Content<C> current = this.content;
		if (current == null) {
			return null;
		}
		C resident = current.slots.get(slot(id));
		if (resident != null && this.ids.applyAsLong(resident) == id) {
			return resident;
		}
		return current.others.isEmpty() ? null : current.others.get(id);
	}

	/**
	 * Removes a call.
	 * @return the call, {@code null} if none is open with that id
	 */
	@Nullable C remove(long id) {
		C call = find(id);
		return (call != null && remove(call)) ? call : null;
	}

	/**
	 * Removes a call.
	 * @return whether it was open
	 */
	boolean remove(C call) {
		Content<C> current = this.content;
		if (current == null) {
			return false;
		}
		long id = this.ids.applyAsLong(call);
		return current.slots.compareAndSet(slot(id), call, null)
				|| (!current.others.isEmpty() && current.others.remove(id, call));
	}

	/**
	 * Returns the approximate number of open calls.
	 */
	int count() {
		int[] count = new int[1];
		forEach((call) -> count[0]++);
		return count[0];
	}

	/**
	 * Visits the open calls. Calls added concurrently may be left out.
	 */
	void forEach(Consumer<C> visitor) {
		Content<C> current = this.content;
		if (current == null) {
			return;
		}
		for (int i = 0; i < SLOTS; i++) {
			C call = current.slots.get(i);
			if (call != null) {
				visitor.accept(call);
			}
		}
		current.others.values().forEach(visitor);
	}

	/**
	 * The content of a table.
	 *
	 * @param slots the calls with a slot of their own
	 * @param others the calls whose slot was occupied
	 */
	private record Content<C>(AtomicReferenceArray<@Nullable C> slots, Map<Long, C> others) {
	}

}
