package io.adaptive.trace;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

import io.adaptive.message.MessageType;

/**
 * The message types that a program has met, while their classes are in use.
 */
final class KnownTypes {

	private final Set<Class<?>> types = Collections.newSetFromMap(new WeakHashMap<>());

	/** Asked for every message sent: nothing answers faster for a class. */
	private final ClassValue<Boolean> met = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return meet(type);
		}
	};

	/**
	 * Takes note of a type.
	 * @return whether messages can be of it
	 */
	boolean note(Class<?> type) {
		return this.met.get(type);
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
