package io.adaptive.stream;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The open calls of one direction of a connection, by id. Of two who remove a call, one
 * gets it.
 * <p>
 * Ids rise, so that calls which are open at the same time are as a rule neighbours: each
 * finds a slot of its own, found from its id modulo the number of slots, and costs
 * neither a boxed number nor a node. A call whose slot still holds an older one goes to a
 * map, and stays there. For any number of threads; lock-free.
 *
 * @param <C> a call
 */
final class CallTable<C> {

	/** A power of two; made with the first call, since most connections are idle. */
	private static final int SLOTS = 256;

	private final ToLongFunction<C> ids;

	private volatile @Nullable AtomicReferenceArray<@Nullable C> slots;

	private final Map<Long, C> others = new ConcurrentHashMap<>();

	/**
	 * Makes an empty table.
	 * @param ids tells a call's id
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
		if (!this.others.isEmpty() && this.others.containsKey(id)) {
			return false;
		}
		C resident = slots().compareAndExchange(slot(id), null, call);
		return resident == null || (this.ids.applyAsLong(resident) != id && this.others.putIfAbsent(id, call) == null);
	}

	private AtomicReferenceArray<@Nullable C> slots() {
		AtomicReferenceArray<@Nullable C> current = this.slots;
		return (current != null) ? current : makeSlots();
	}

	private synchronized AtomicReferenceArray<@Nullable C> makeSlots() {
		AtomicReferenceArray<@Nullable C> current = this.slots;
		if (current == null) {
			current = new AtomicReferenceArray<>(SLOTS);
			this.slots = current;
		}
		return current;
	}

	/**
	 * Keeps calls that follow each other, as a rule from different threads, a cache line
	 * apart.
	 */
	private static int slot(long id) {
		int low = (int) id & (SLOTS - 1);
		return (low << 4 | low >>> 4) & (SLOTS - 1);
	}

	@Nullable C find(long id) {
		AtomicReferenceArray<@Nullable C> current = this.slots;
		C resident = (current != null) ? current.get(slot(id)) : null;
		if (resident != null && this.ids.applyAsLong(resident) == id) {
			return resident;
		}
		return this.others.isEmpty() ? null : this.others.get(id);
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
		AtomicReferenceArray<@Nullable C> current = this.slots;
		if (current != null && current.compareAndSet(slot(this.ids.applyAsLong(call)), call, null)) {
			return true;
		}
		return !this.others.isEmpty() && this.others.remove(this.ids.applyAsLong(call), call);
	}

	/**
	 * Counts the open calls, of about this moment.
	 */
	int count() {
		int[] count = new int[1];
		forEach((call) -> count[0]++);
		return count[0];
	}

	/**
	 * Visits the open calls. One that is added meanwhile may be left out.
	 */
	void forEach(Consumer<C> visitor) {
		AtomicReferenceArray<@Nullable C> current = this.slots;
		for (int i = 0; current != null && i < SLOTS; i++) {
			C call = current.get(i);
			if (call != null) {
				visitor.accept(call);
			}
		}
		this.others.values().forEach(visitor);
	}

}
