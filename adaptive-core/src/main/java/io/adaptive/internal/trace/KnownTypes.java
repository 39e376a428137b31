package io.adaptive.internal.trace;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The message types used by a program, as long as their classes are loaded. Queried for
 * every message that is sent.
 */
final class KnownTypes {

	/** A power of two. */
	private static final int SLOTS = 256;

	/**
	 * Recently used types by hash code, so that a message of one of them costs one
	 * comparison. Writes of other threads may be seen late or never, which leads to the
	 * slow path. It may hold that many classes that are no longer used.
	 */
	private final @Nullable Object[] recent;

	private final Set<Class<?>> types = Collections.newSetFromMap(new WeakHashMap<>());

	/** Holds no strong reference to a class. */
	private final ClassValue<Boolean> met = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return meet(type);
		}
	};

	KnownTypes() {
		this.recent = new @Nullable Object[SLOTS];
	}

	/**
	 * Adds a type.
	 * @return whether messages can be of it
	 */
	boolean note(Class<?> type) {
		return this.recent[type.hashCode() & (SLOTS - 1)] == type || noteSlowly(type);
	}

	private boolean noteSlowly(Class<?> type) {
		boolean concrete = this.met.get(type);
		if (concrete) {
			this.recent[type.hashCode() & (SLOTS - 1)] = type;
		}
		return concrete;
	}

	private boolean meet(Class<?> type) {
		try {
			boolean concrete = !MessageType.of(type).name().isEmpty() && MessageType.of(type).members().contains(type);
			if (concrete && !Throwable.class.isAssignableFrom(type)) {
				synchronized (this.types) {
					this.types.add(type);
				}
			}
			return concrete;
		}
		catch (IllegalArgumentException ex) {
			// Sending such a message reports the error.
			return false;
		}
	}

	List<Class<?>> all() {
		synchronized (this.types) {
			return List.copyOf(this.types);
		}
	}

}
