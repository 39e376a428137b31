package io.adaptive.wire;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Compares the values of a message with what its type declares, before the message is
 * encoded: a codec that goes by the declared types would change a value that is of
 * another type, or the receiver could not decode it.
 */
final class ValueCheck {

	/** Components that are walked through; fewer than the stack has frames for. */
	private static final int MAX_DEPTH = 500;

	private static final Set<Class<?>> OPTIONALS = Set.of(Optional.class, OptionalInt.class, OptionalLong.class,
			OptionalDouble.class);

	/** Fields whose values may be of another type than declared, per class. */
	private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
		@Override
		protected List<Field> computeValue(Class<?> type) {
			return TypeClosure.fieldsOf(type).filter((field) -> !isCertain(field.getType())).filter((field) -> {
				try {
					return field.trySetAccessible();
				}
				catch (SecurityException ex) {
					return false;
				}
			}).toList();
		}
	};

	private final Set<Class<?>> declared;

	private final RegisteredTypes registered;

	private final boolean textKeys;

	private final @Nullable String unknown;

	private final Set<Object> above = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Prepares to check one message.
	 * @param declared the classes that the type of the message declares
	 * @param registered the classes that may stand where it declares none
	 * @param textKeys whether keys of maps have to be texts, and a missing value is the
	 * same as an empty {@link Optional}
	 */
	ValueCheck(Set<Class<?>> declared, RegisteredTypes registered, boolean textKeys) {
		this(declared, registered, textKeys, null);
	}

	private ValueCheck(Set<Class<?>> declared, RegisteredTypes registered, boolean textKeys, @Nullable String unknown) {
		this.declared = declared;
		this.registered = registered;
		this.textKeys = textKeys;
		this.unknown = unknown;
	}

	/**
	 * Prepares to find the value that a codec did not know.
	 * @param unknown the name of its class, {@code null} if the codec did not tell
	 */
	static ValueCheck afterFailure(Set<Class<?>> declared, RegisteredTypes registered, @Nullable String unknown) {
		return new ValueCheck(declared, registered, false, unknown);
	}

	private static boolean isCertain(Class<?> type) {
		return type.isPrimitive() || type.isEnum() || (type.isArray() && type.getComponentType().isPrimitive())
				|| (Modifier.isFinal(type.getModifiers()) && JdkValues.isOfTheJdk(type) && !type.isArray()
						&& !OPTIONALS.contains(type));
	}

	/**
	 * Looks for the first value that does not fit.
	 * @param value the message
	 * @param type its type
	 * @return what it is and where, in words; {@code null} if there is none
	 */
	@Nullable String problem(Object value, Type type) {
		return visit(value, type, "");
	}

	private @Nullable String visit(@Nullable Object value, Type type, String path) {
		Class<?> raw = DeclaredTypes.raw(type);
		if (value == null) {
			return (this.textKeys && OPTIONALS.contains(raw))
					? at(path, "is null, which could not be told from an empty %s; use %s.empty()"
						.formatted(raw.getSimpleName(), raw.getSimpleName()))
					: null;
		}
		String wrong = mismatch(value, raw);
		if (wrong != null) {
			return at(path, wrong);
		}
		if (JdkValues.isOfTheJdk(value.getClass()) && !isContainer(value)) {
			return null;
		}
		if (this.above.size() >= MAX_DEPTH || !this.above.add(value)) {
			return at(path, "contains itself, or is nested more than %d deep".formatted(MAX_DEPTH));
		}
		String inside = inside(value, type, path);
		this.above.remove(value);
		return inside;
	}

	private static boolean isContainer(Object value) {
		return value instanceof Collection || value instanceof Map || value instanceof Optional
				|| value.getClass().isArray();
	}

	private static String at(String path, String problem) {
		return path.isEmpty() ? "it " + problem : "component %s %s".formatted(path, problem);
	}

	/**
	 * Compares the class of a value with what is declared in its place.
	 */
	private @Nullable String mismatch(Object value, Class<?> declaredType) {
		Class<?> type = MessageType.declaringClass(value.getClass());
		if (type.getName().equals(this.unknown) && (type.isArray() || JdkValues.isOfTheJdk(type))) {
			return "is of %s, which has no encoding; convert it, as by new ArrayList<>(...)"
				.formatted(type.getTypeName());
		}
		if (!declaredType.isPrimitive() && !declaredType.isInstance(value)) {
			return "is of %s instead of the declared %s".formatted(type.getTypeName(), declaredType.getTypeName());
		}
		if (type.isArray()) {
			return null;
		}
		if (value instanceof Collection || value instanceof Map || JdkValues.isOfTheJdk(type)) {
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

	private @Nullable String mismatchOfTheJdk(Object value, Class<?> type, Class<?> declaredType) {
		if (hasComparator(value)) {
			return "is sorted by a comparator, which does not travel; let it sort by the natural order";
		}
		if (!OpenTypes.isOpen(declaredType)) {
			return null;
		}
		if (this.textKeys && value instanceof Optional) {
			return "is an Optional, which could not be told from its content; declare it so";
		}
		return (JdkValues.typeOf(type) == null) ? RegisteredTypes.missing(type) : null;
	}

	private static boolean hasComparator(Object value) {
		return (value instanceof SortedMap<?, ?> map && map.comparator() != null)
				|| (value instanceof SortedSet<?> set && set.comparator() != null)
				|| (value instanceof PriorityQueue<?> queue && queue.comparator() != null);
	}

	private @Nullable String inside(Object value, Type type, String path) {
		if (value instanceof Map<?, ?> map) {
			return map(map, type, path);
		}
		if (value instanceof Collection<?> collection) {
			return elements(collection, DeclaredTypes.argument(type, 0), path);
		}
		if (value instanceof Optional<?> optional) {
			return optional.isPresent() ? visit(optional.get(), DeclaredTypes.argument(type, 0), path) : null;
		}
		if (value.getClass().isArray()) {
			return array(value, DeclaredTypes.component(type, value.getClass()), path);
		}
		return value.getClass().isEnum() || value instanceof Enum ? null : fields(value, type, path);
	}

	private @Nullable String map(Map<?, ?> map, Type type, String path) {
		Type keys = DeclaredTypes.argument(type, -2);
		Type values = DeclaredTypes.argument(type, -1);
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			String problem = key(entry.getKey(), keys, path);
			if (problem == null) {
				problem = visit(entry.getValue(), values, "%s[%s]".formatted(path, entry.getKey()));
			}
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private @Nullable String key(@Nullable Object key, Type type, String path) {
		if (!this.textKeys) {
			return visit(key, type, path + "[key]");
		}
		if (key == null || !TextKeys.isAllowed(key, DeclaredTypes.raw(type))) {
			return at(path, "has a key %s, which cannot be told from a text; use a list of entries, or the codec fory"
				.formatted((key != null) ? "of " + key.getClass().getName() : "null"));
		}
		return TextKeys.isWellFormed(key) ? null : at(path,
				"has a key with an unpaired surrogate, which has no encoding; use a list of entries, or the codec fory");
	}

	private @Nullable String elements(Collection<?> collection, Type type, String path) {
		int index = 0;
		for (Object element : collection) {
			String problem = visit(element, type, "%s[%d]".formatted(path, index++));
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private @Nullable String array(Object array, Type component, String path) {
		boolean simple = DeclaredTypes.raw(component).isPrimitive();
		for (int i = 0; !simple && i < Array.getLength(array); i++) {
			String problem = visit(Array.get(array, i), component, "%s[%d]".formatted(path, i));
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private @Nullable String fields(Object value, Type type, String path) {
		for (Field field : FIELDS.get(value.getClass())) {
			String problem = visit(valueOf(field, value), DeclaredTypes.resolve(field.getGenericType(), type),
					path.isEmpty() ? field.getName() : path + "." + field.getName());
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

	private static @Nullable Object valueOf(Field field, Object of) {
		try {
			return field.get(of);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("The field was made accessible: " + field, ex);
		}
	}

}
