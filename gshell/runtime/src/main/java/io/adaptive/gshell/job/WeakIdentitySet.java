package io.adaptive.gshell.job;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Objects that are held weakly and compared by identity: no code of theirs is called.
 * Thread-safe; its size is that of the objects that are reachable elsewhere, and of those
 * collected since the last addition.
 */
final class WeakIdentitySet<T> {

	private final Set<Entry<T>> entries = ConcurrentHashMap.newKeySet();

	private final ReferenceQueue<T> collected = new ReferenceQueue<>();

	/**
	 * Adds an object.
	 * @return whether it was not in the set
	 */
	boolean add(T object) {
		for (Reference<? extends T> gone = this.collected.poll(); gone != null; gone = this.collected.poll()) {
			this.entries.remove(gone);
		}
		return this.entries.add(new Entry<>(object, this.collected));
	}

	List<T> list() {
		List<T> list = new ArrayList<>();
		for (Entry<T> entry : this.entries) {
			T object = entry.get();
			if (object != null) {
				list.add(object);
			}
		}
		return list;
	}

	void clear() {
		this.entries.clear();
	}

	private static final class Entry<T> extends WeakReference<T> {

		private final int hash;

		private Entry(T object, ReferenceQueue<T> collected) {
			super(object, collected);
			this.hash = System.identityHashCode(object);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			if (this == other) {
				return true;
			}
			T object = get();
			return object != null && other instanceof Entry<?> entry && entry.get() == object;
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
