package io.adaptive.internal.trace;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The message types that a program has met, while their classes are in use. Asked for
 * every message that is sent.
 */
final class KnownTypes {

	/** A power of two. */
	private static final int SLOTS = 256;

	/**
	 * Types met before, each in the place of its hash code, so that a message of one of
	 * them costs a comparison. Threads see each other's writes late or never, and then
	 * look below. It may hold that many classes that are in use no more.
	 */
	private final @Nullable Object[] recent;

	private final Set<Class<?>> types = Collections.newSetFromMap(new WeakHashMap<>());

	/** Holds nothing that keeps a class in use. */
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
	 * Takes note of a type.
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
			// Whoever sends one is told.
			return false;
		}
	}

	List<Class<?>> all() {
		synchronized (this.types) {
			return List.copyOf(this.types);
		}
	}

}
