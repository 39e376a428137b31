package io.adaptive.internal.wire;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.PriorityBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * What a collection of a class that no codec knows is sent as: a plain one of the same
 * kind, with the same content in the same order. Such are the views of a map, and the
 * collections of libraries.
 */
final class PlainCollections {

	/** Collections whose content or order a plain one would change. */
	private static final List<Class<?>> CHANGED = List.of(IdentityHashMap.class, PriorityQueue.class,
			PriorityBlockingQueue.class, DelayQueue.class);

	/** May be a set of identities. */
	private static final Class<?> SET_OF_MAP = Collections.newSetFromMap(new HashMap<>()).getClass();

	private PlainCollections() {
	}

	/**
	 * Returns the plain class.
	 * @return the class, {@code null} if the objects of the given one are no collections,
	 * or would change: the keys of an {@link IdentityHashMap} may be equal, and the order
	 * of a queue with priorities is its own
	 */
	static @Nullable Class<?> classFor(Class<?> type) {
		if (wouldChange(type)) {
			return null;
		}
		if (Map.class.isAssignableFrom(type)) {
			return SortedMap.class.isAssignableFrom(type) ? TreeMap.class : LinkedHashMap.class;
		}
		if (Map.Entry.class.isAssignableFrom(type)) {
			return AbstractMap.SimpleImmutableEntry.class;
		}
		if (!Collection.class.isAssignableFrom(type)) {
			return null;
		}
		if (Set.class.isAssignableFrom(type)) {
			return SortedSet.class.isAssignableFrom(type) ? TreeSet.class : LinkedHashSet.class;
		}
		return Queue.class.isAssignableFrom(type) ? LinkedList.class : ArrayList.class;
	}

	/**
	 * Returns whether a plain collection would change the content or the order.
	 */
	static boolean wouldChange(Class<?> type) {
		return CHANGED.stream().anyMatch((each) -> each.isAssignableFrom(type));
	}

	/**
	 * Returns whether a codec that goes by the declared type would change the content or
	 * the order of a collection. A queue with priorities that is declared as such is
	 * filled anew, in its order.
	 */
	static boolean wouldChange(Object value, Class<?> declaredType) {
		boolean declared = value.getClass() == declaredType && value.getClass() == PriorityQueue.class;
		return (wouldChange(value.getClass()) && !declared)
				|| (value.getClass() == SET_OF_MAP && new HashSet<>((Set<?>) value).size() < ((Set<?>) value).size());
	}

	/**
	 * Returns the type in the closed table that stands for the objects of a class.
	 * @return the type, {@code null} if they are no collections
	 */
	static @Nullable Class<?> kindOf(Class<?> type) {
		Class<?> plain = classFor(type);
		return (plain != null) ? JdkValues.typeOf(plain) : null;
	}

}
