package io.adaptive.internal.wire;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Compares the values of a message with what its type declares, before the message is
 * encoded: a codec that goes by the declared types would change a value that is of
 * another type, or the receiver could not decode it.
 */
final class ValueCheck {

	/** Levels of a message by default; fewer than the stack has frames for. */
	static final int MAX_DEPTH = Codecs.DEFAULT_MAX_DEPTH;

	private static final String COMPARATOR = "is sorted by a comparator, which does not travel; "
			+ "let it sort by the natural order";

	private static final Class<?> SET_OF_MAP = Collections.newSetFromMap(new HashMap<>()).getClass();

	/** Characters of a path that are told. */
	private static final int MAX_PATH = 120;

	private final Set<Class<?>> declared;

	private final RegisteredTypes registered;

	private final boolean textKeys;

	private final @Nullable String unknown;

	private final int maxDepth;

	/** Levels down to the value that is looked at. */
	private int depth;

	private final Set<Object> above = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Prepares to check one message.
	 * @param declared the classes that the type of the message declares
	 * @param registered the classes that may stand where it declares none
	 * @param textKeys whether keys of maps have to be texts, and a missing value is the
	 * same as an empty {@link Optional}
	 * @param maxDepth how many levels it may have
	 */
	ValueCheck(Set<Class<?>> declared, RegisteredTypes registered, boolean textKeys, int maxDepth) {
		this(declared, registered, textKeys, null, maxDepth);
	}

	private ValueCheck(Set<Class<?>> declared, RegisteredTypes registered, boolean textKeys, @Nullable String unknown,
			int maxDepth) {
		this.declared = declared;
		this.registered = registered;
		this.textKeys = textKeys;
		this.unknown = unknown;
		this.maxDepth = maxDepth;
	}

	/**
	 * Prepares to find the value that a codec did not know.
	 * @param unknown the name of its class, {@code null} if the codec did not tell
	 */
	static ValueCheck afterFailure(Set<Class<?>> declared, RegisteredTypes registered, @Nullable String unknown,
			int maxDepth) {
		return new ValueCheck(declared, registered, false, unknown, maxDepth);
	}

	/**
	 * Looks for the first value that does not fit.
	 * @param value the message
	 * @param type its type
	 * @return what it is and where, in words; {@code null} if there is none
	 */
	@Nullable String problem(Object value, Type type) {
		Problem problem = visit(value, type);
		return (problem != null) ? problem.text() : null;
	}

	private @Nullable Problem visit(@Nullable Object value, Type type) {
		Class<?> raw = DeclaredTypes.raw(type);
		if (value == null) {
			return (this.textKeys && ValueShape.isOptional(raw))
					? new Problem("is null, which could not be told from an empty %s; use %s.empty()"
						.formatted(raw.getSimpleName(), raw.getSimpleName()))
					: null;
		}
		ValueShape shape = ValueShape.of(value.getClass());
		if (value.getClass() != raw || !shape.fitsExactly(this.unknown)) {
			String wrong = mismatch(value, raw);
			if (wrong != null) {
				return new Problem(wrong);
			}
		}
		Field hiding = shape.hiding();
		if (this.textKeys && hiding != null) {
			return new Problem("has a field %s in %s that hides one of its superclass; rename one of them"
				.formatted(hiding.getName(), hiding.getDeclaringClass().getName()));
		}
		if (this.unknown == null && shape.isLeaf()) {
			return null;
		}
		// With its value, a text has the name of the type.
		int levels = (this.textKeys && OpenTypes.isOpen(raw)) ? 2 : 1;
		if (this.depth + levels > this.maxDepth || !this.above.add(value)) {
			return new Problem("contains itself, or is nested more than %s deep".formatted(this.maxDepth));
		}
		this.depth += levels;
		Problem inside = inside(value, shape, type);
		this.depth -= levels;
		this.above.remove(value);
		return inside;
	}

	/**
	 * Compares the class of a value with what is declared in its place.
	 */
	private @Nullable String mismatch(Object value, Class<?> declaredType) {
		Class<?> type = MessageType.declaringClass(value.getClass());
		TextValue<?> text = TextValue.of(type);
		String noText = (text != null) ? text.obstacle(value) : null;
		if (noText != null) {
			return noText;
		}
		boolean many = value instanceof Collection || value instanceof Map;
		boolean unknownHere = isUnknown(type) || declaredType.getName().equals(this.unknown);
		if (unknownHere && (many || type.isArray() || JdkValues.isOfTheJdk(type))) {
			return hasComparator(value) ? COMPARATOR : "is of %s, which has no encoding; convert it%s".formatted(
					type.getTypeName(), many ? ", as by new ArrayList<>(...)" : " to a type of the table of types");
		}
		if (!declaredType.isPrimitive() && !declaredType.isInstance(value)) {
			return "is of %s instead of the declared %s".formatted(type.getTypeName(), declaredType.getTypeName());
		}
		if (type.isArray()) {
			return (this.textKeys && declaredType.isArray() && type != declaredType)
					? "is of %s instead of the declared %s; copy it into one".formatted(type.getTypeName(),
							declaredType.getTypeName())
					: null;
		}
		if (many || value instanceof Map.Entry || JdkValues.isOfTheJdk(type) || text != null) {
			return mismatchOfTheJdk(value, type, declaredType);
		}
		if (type == declaredType || (this.declared.contains(type) && declaredType.isSealed())
				|| this.registered.nameOf(type) != null) {
			return null;
		}
		boolean concrete = declaredType != Object.class && !Modifier.isAbstract(declaredType.getModifiers());
		if (this.declared.contains(type) && !concrete && !this.textKeys && declaredType != Object.class) {
			return null;
		}
		return concrete ? "is of %s instead of the declared %s; declare it so, or a sealed type with both"
			.formatted(type.getName(), declaredType.getName()) : RegisteredTypes.missing(type);
	}

	/**
	 * Returns whether the class, or that of the map within a set, has no encoding.
	 */
	private boolean isUnknown(Class<?> type) {
		return type.getName().equals(this.unknown)
				|| (type == SET_OF_MAP && IdentityHashMap.class.getName().equals(this.unknown));
	}

	private @Nullable String mismatchOfTheJdk(Object value, Class<?> type, Class<?> declaredType) {
		if (hasComparator(value)) {
			return COMPARATOR;
		}
		if (value instanceof Properties properties && hasDefaults(properties)) {
			return "has defaults, which do not travel; put them into it";
		}
		if (this.textKeys && PlainCollections.wouldChange(value, declaredType)) {
			return "is of %s, which a copy would change; convert it, as by new ArrayList<>(...)"
				.formatted(type.getTypeName());
		}
		if (this.textKeys && value instanceof Throwable) {
			return "is of %s, which a text would change; convert it to a text".formatted(type.getTypeName());
		}
		if (!OpenTypes.isOpen(declaredType)) {
			return null;
		}
		if (this.textKeys && value instanceof Optional) {
			return "is an Optional, which could not be told from its content; declare it so";
		}
		Class<?> table = JdkValues.typeOf(type);
		Class<?> kind = (table != null) ? table : PlainCollections.kindOf(type);
		// The receiver makes one of the kind, which has to fit.
		boolean known = (kind != null && (!this.textKeys || declaredType.isAssignableFrom(kind)))
				|| this.registered.nameOf(type) != null;
		return known ? null : RegisteredTypes.missing(type);
	}

	/**
	 * Tells whether properties have others behind them, which are not among their own.
	 */
	static boolean hasDefaults(Properties properties) {
		return !properties.keySet().containsAll(properties.stringPropertyNames());
	}

	private static boolean hasComparator(Object value) {
		return (value instanceof SortedMap<?, ?> map && map.comparator() != null)
				|| (value instanceof SortedSet<?> set && set.comparator() != null)
				|| (value instanceof PriorityQueue<?> queue && queue.comparator() != null)
				|| (value instanceof PriorityBlockingQueue<?> queue && queue.comparator() != null);
	}

	private @Nullable Problem inside(Object value, ValueShape shape, Type type) {
		if (value instanceof Map<?, ?> map) {
			return map(map, type);
		}
		if (value instanceof Collection<?> collection) {
			Type elements = DeclaredTypes.argument(type, 0);
			if (this.textKeys && value instanceof EnumSet && OpenTypes.isOpen(DeclaredTypes.raw(elements))) {
				return new Problem("is an EnumSet, whose elements could not be told from texts; convert it, as by "
						+ "new LinkedHashSet<>(...)");
			}
			return elements(collection, elements);
		}
		if (value instanceof Map.Entry<?, ?> entry) {
			Problem problem = visit(entry.getKey(), DeclaredTypes.argument(type, 0));
			return (problem != null) ? problem.within("key")
					: Problem.inPart(visit(entry.getValue(), DeclaredTypes.argument(type, 1)), "value");
		}
		if (value instanceof Optional<?> optional) {
			return optional.isPresent() ? visit(optional.get(), DeclaredTypes.argument(type, 0)) : null;
		}
		if (value.getClass().isArray()) {
			return array(value, DeclaredTypes.component(type, value.getClass()));
		}
		return fields(value, shape, type);
	}

	private @Nullable Problem map(Map<?, ?> map, Type type) {
		boolean texts = this.textKeys && map instanceof Properties;
		Type keys = texts ? String.class : DeclaredTypes.argument(type, -2);
		Type values = texts ? String.class : DeclaredTypes.argument(type, -1);
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Problem problem = key(entry.getKey(), keys);
			if (problem != null) {
				return problem;
			}
			problem = visit(entry.getValue(), values);
			if (problem != null) {
				return problem.within("[%s]".formatted(entry.getKey()));
			}
		}
		return null;
	}

	private @Nullable Problem key(@Nullable Object key, Type type) {
		if (!this.textKeys) {
			Problem problem = visit(key, type);
			return (problem != null) ? problem.within("[key]") : null;
		}
		if (key == null || !TextKeys.isAllowed(key, DeclaredTypes.raw(type))) {
			return new Problem(
					"has a key %s, which cannot be told from a text; use a list of entries, or the codec fory"
						.formatted((key != null) ? "of " + key.getClass().getName() : "null"));
		}
		return TextKeys.isWellFormed(key) ? null : new Problem(
				"has a key with an unpaired surrogate, which has no encoding; use a list of entries, or the codec fory");
	}

	private @Nullable Problem elements(Collection<?> collection, Type type) {
		int index = 0;
		for (Object element : collection) {
			Problem problem = visit(element, type);
			if (problem != null) {
				return problem.within("[%s]".formatted(index));
			}
			index++;
		}
		return null;
	}

	private @Nullable Problem array(Object array, Type component) {
		boolean simple = DeclaredTypes.raw(component).isPrimitive();
		for (int i = 0; !simple && i < Array.getLength(array); i++) {
			Problem problem = visit(Array.get(array, i), component);
			if (problem != null) {
				return problem.within("[%s]".formatted(i));
			}
		}
		return null;
	}

	private @Nullable Problem fields(Object value, ValueShape shape, Type type) {
		for (Field field : (this.unknown == null) ? shape.fields() : shape.allFields(value)) {
			Problem problem = visit(ValueShape.valueOf(field, value),
					DeclaredTypes.resolve(field.getGenericType(), type));
			if (problem != null) {
				return problem.within(field.getName());
			}
		}
		return null;
	}

	/**
	 * A value that does not fit. Its path is put together on the way back, so that a
	 * message without one costs no text.
	 *
	 * @param reason what is wrong with it
	 * @param path the components down to it, empty for the message itself
	 */
	private record Problem(String reason, String path) {

		Problem(String reason) {
			this(reason, "");
		}

		static @Nullable Problem inPart(@Nullable Problem problem, String step) {
			return (problem != null) ? problem.within(step) : null;
		}

		Problem within(String step) {
			boolean continues = this.path.isEmpty() || this.path.startsWith("[");
			return new Problem(this.reason, continues ? step + this.path : step + "." + this.path);
		}

		String text() {
			return this.path.isEmpty() ? "it " + this.reason
					: "component %s %s".formatted(
							(this.path.length() > MAX_PATH) ? this.path.substring(0, MAX_PATH) + "..." : this.path,
							this.reason);
		}

	}

}
