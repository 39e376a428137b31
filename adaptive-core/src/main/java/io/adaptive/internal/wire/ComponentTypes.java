package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The closed table of JDK types that a component may declare. What is not in it is
 * refused at the start and at both ends, so that no codec makes what it can of a type of
 * the JDK by its fields, or loads what a peer names.
 */
final class ComponentTypes {

	private static final Set<Class<?>> COLLECTIONS = Set.of(Collection.class, List.class, Set.class, SortedSet.class,
			NavigableSet.class, Queue.class, Deque.class, BlockingQueue.class, BlockingDeque.class, TransferQueue.class,
			AbstractCollection.class, AbstractList.class, AbstractSet.class, ArrayList.class, LinkedList.class,
			HashSet.class, LinkedHashSet.class, TreeSet.class, ArrayDeque.class, Vector.class, Stack.class,
			CopyOnWriteArrayList.class, CopyOnWriteArraySet.class, ConcurrentSkipListSet.class, PriorityQueue.class,
			ConcurrentLinkedQueue.class, ConcurrentLinkedDeque.class, LinkedBlockingQueue.class,
			LinkedBlockingDeque.class, LinkedTransferQueue.class, EnumSet.class);

	private static final Set<Class<?>> MAPS = Set.of(Map.class, SortedMap.class, NavigableMap.class,
			ConcurrentMap.class, ConcurrentNavigableMap.class, AbstractMap.class, HashMap.class, LinkedHashMap.class,
			TreeMap.class, ConcurrentHashMap.class, ConcurrentSkipListMap.class, Hashtable.class, EnumMap.class,
			Properties.class);

	private static final Set<Class<?>> OTHERS = Set.of(Object.class, Number.class, Optional.class, AtomicInteger.class,
			AtomicLong.class, AtomicBoolean.class, ByteBuffer.class, StringBuilder.class, StringBuffer.class,
			StackTraceElement.class, java.time.ZoneId.class, Map.Entry.class, AbstractMap.SimpleEntry.class,
			AbstractMap.SimpleImmutableEntry.class);

	/** In a module that a program may lack, or of newer JDKs. */
	private static final Set<String> NAMES = Set.of("java.sql.Date", "java.sql.Time", "java.sql.Timestamp",
			"java.util.SequencedCollection", "java.util.SequencedSet", "java.util.SequencedMap");

	/** Without names of classes, an exception would be another one. */
	private static final Set<Class<?>> WITH_NAMES = Set.of(Throwable.class, Exception.class, RuntimeException.class);

	private ComponentTypes() {
	}

	/**
	 * Returns the classes of the table, apart from primitive types, enums and arrays.
	 */
	static Stream<Class<?>> all() {
		return Stream
			.of(JdkValues.scalars().stream(), COLLECTIONS.stream(), MAPS.stream(), OTHERS.stream(),
					TextValue.declarable(), WITH_NAMES.stream())
			.<Class<?>>flatMap((each) -> each)
			.distinct();
	}

	/**
	 * Tells whether a component may declare a type.
	 * @param type a class, no array
	 * @param nameless whether the codec names no classes
	 */
	static boolean isCarried(Class<?> type, boolean nameless) {
		if (!JdkValues.isOfTheJdk(type) || type.isPrimitive() || type.isEnum()) {
			return true;
		}
		if (COLLECTIONS.contains(type) || MAPS.contains(type) || OTHERS.contains(type) || JdkValues.isScalar(type)
				|| NAMES.contains(type.getName()) || TextValue.declarable().anyMatch((each) -> each == type)) {
			return true;
		}
		if (WITH_NAMES.contains(type)) {
			return !nameless;
		}
		boolean many = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
		// What stands behind an interface is looked at by value.
		return type.isInterface() && !many;
	}

	/**
	 * Looks for a component of some classes whose type is not in the table.
	 * @param nameless whether the codec names no classes
	 * @return which one, in words; {@code null} if there is none
	 */
	static @Nullable String obstacle(Set<Class<?>> classes, boolean nameless) {
		for (Class<?> each : classes) {
			for (Field field : each.isEnum() ? List.<Field>of() : TypeClosure.fieldsOf(each).toList()) {
				Class<?> refused = refusedIn(field.getGenericType(), nameless);
				if (refused != null) {
					return refusal("component %s of %s".formatted(field.getName(), each.getName()), refused);
				}
			}
		}
		return null;
	}

	/**
	 * Looks for a class in a declared type that is not in the table.
	 * @return the class, {@code null} if there is none
	 */
	static @Nullable Class<?> refusedIn(Type type, boolean nameless) {
		return ForyTypes.rawTypes(type)
			.filter((raw) -> !raw.isArray() && !isCarried(raw, nameless))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Looks for a class in a declared type that is not in the table.
	 * @param place where the type is declared
	 * @return which one, in words; empty if there is none
	 */
	static Stream<String> refusalsIn(Type type, boolean nameless, String place) {
		Class<?> refused = refusedIn(type, nameless);
		return (refused != null) ? Stream.of(refusal(place, refused)) : Stream.empty();
	}

	static String refusal(String place, Class<?> type) {
		return "%s is of %s, which is not in the table of types; convert it to one of them".formatted(place,
				type.getName());
	}

}
