package io.adaptive.internal.wire;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Collections and arrays that are messages themselves. Their class does not tell what
 * they contain, so the sender looks at their elements.
 */
final class Containers {

	private Containers() {
	}

	/**
	 * Tells whether a message is a container, also if its elements are of no valid type.
	 * @see MessageType#isContainer()
	 */
	static boolean isContainer(Object message) {
		return message.getClass().isArray() || message instanceof Optional
				|| ((message instanceof List || message instanceof Set || message instanceof Map)
						&& MessageType.of(message.getClass()).isContainer());
	}

	/**
	 * Finds the classes of the user's objects in a message, down to the first object on
	 * each way.
	 */
	static Set<Class<?>> ownClasses(Object message) {
		OwnClasses found = new OwnClasses();
		collect(message, found);
		return found.classes;
	}

	private static void collect(@Nullable Object value, OwnClasses found) {
		if (value == null) {
			return;
		}
		if (value.getClass().isArray()) {
			if (!value.getClass().getComponentType().isPrimitive()) {
				elements(value).forEach((element) -> collect(element, found));
			}
		}
		else if (value instanceof Collection<?> collection) {
			collection.forEach((element) -> collect(element, found));
		}
		else if (value instanceof Map<?, ?> map) {
			collect(map.keySet(), found);
			collect(map.values(), found);
		}
		else if (value instanceof Optional<?> optional) {
			collect(optional.orElse(null), found);
		}
		else {
			found.add(value.getClass());
		}
	}

	private static List<@Nullable Object> elements(Object array) {
		return Arrays.asList((@Nullable Object[]) array);
	}

	/**
	 * Writes an array of objects as a list, for a codec that knows arrays of registered
	 * classes only.
	 */
	static Object withoutArray(Object message) {
		Class<?> component = message.getClass().getComponentType();
		return (component == null || component.isPrimitive() || component == String.class) ? message
				: new ArrayList<>(elements(message));
	}

	/**
	 * Gives a decoded container the class that its receiver wants.
	 * @throws IllegalArgumentException if it cannot have it
	 */
	static Object as(Class<?> wanted, Object decoded) {
		if (wanted.isInstance(decoded)) {
			return decoded;
		}
		if (wanted.isArray() && decoded instanceof List<?> list) {
			Object array = Array.newInstance(wanted.getComponentType(), list.size());
			for (int i = 0; i < list.size(); i++) {
				Array.set(array, i, list.get(i));
			}
			return array;
		}
		if (!wanted.isArray() && !Modifier.isAbstract(wanted.getModifiers())) {
			return filled(wanted, decoded);
		}
		throw new IllegalArgumentException(
				"%s is no %s".formatted(decoded.getClass().getTypeName(), wanted.getTypeName()));
	}

	@SuppressWarnings("unchecked")
	private static Object filled(Class<?> wanted, Object decoded) {
		try {
			Object empty = wanted.getConstructor().newInstance();
			if (empty instanceof Map && decoded instanceof Map) {
				((Map<Object, Object>) empty).putAll((Map<Object, Object>) decoded);
			}
			else {
				((Collection<Object>) empty).addAll((Collection<Object>) decoded);
			}
			return empty;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException("A %s cannot be made".formatted(wanted.getTypeName()), ex);
		}
	}

	/**
	 * Finds the type that a message's elements have in common: a class, the sealed type
	 * that permits all of them, or {@code Object} if they have none, or there are none.
	 */
	static Type typeOf(Object message) {
		if (message instanceof Map<?, ?> map) {
			return new Generic(kind(message), common(map.keySet()), common(map.values()));
		}
		if (message instanceof Collection<?> collection) {
			return new Generic(kind(message), common(collection));
		}
		if (message instanceof Optional<?> optional) {
			return new Generic(Optional.class, common(optional.stream().toList()));
		}
		Class<?> known = JdkValues.typeOf(message.getClass());
		return (known != null) ? known : sealedRoot(MessageType.declaringClass(message.getClass()));
	}

	private static Class<?> kind(Object container) {
		Class<?> kind = JdkValues.typeOf(container.getClass());
		Class<?> plain = (kind != null) ? kind : PlainCollections.kindOf(container.getClass());
		return (plain != null) ? plain : container.getClass();
	}

	private static Type common(Collection<?> values) {
		return values.stream()
			.flatMap((value) -> (value != null) ? Stream.of(typeOf(value)) : Stream.empty())
			.reduce(Containers::merged)
			.orElse(Nothing.class);
	}

	/**
	 * Finds what two types have in common. An empty list is a list of anything.
	 */
	private static Type merged(Type one, Type other) {
		if (one.equals(other) || other == Nothing.class) {
			return one;
		}
		if (one == Nothing.class) {
			return other;
		}
		if (one instanceof Generic first && other instanceof Generic second && first.raw == second.raw) {
			Type[] arguments = new Type[first.arguments.size()];
			Arrays.setAll(arguments, (i) -> merged(first.arguments.get(i), second.arguments.get(i)));
			return new Generic(first.raw, arguments);
		}
		return Object.class;
	}

	/**
	 * Returns the type as a codec without type names encodes and decodes it. A generic
	 * class of the user's is encoded by what it declares, whatever its arguments are.
	 */
	static Type encodedAs(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			Class<?> raw = DeclaredTypes.raw(type);
			return JdkValues.isOfTheJdk(raw) ? new Generic(raw,
					Arrays.stream(parameterized.getActualTypeArguments())
						.map(Containers::encodedAs)
						.toArray(Type[]::new))
					: raw;
		}
		return (type == Nothing.class) ? Object.class : type;
	}

	private static Class<?> sealedRoot(Class<?> type) {
		if (type.isArray() || JdkValues.isOfTheJdk(type)) {
			return type;
		}
		return Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
			.filter((parent) -> parent.isSealed() && !JdkValues.isOfTheJdk(parent))
			.findFirst()
			.<Class<?>>map(Containers::sealedRoot)
			.orElse(type);
	}

	/**
	 * Tells whether a type leaves open what a container holds.
	 */
	static boolean isOpen(Type type) {
		if (type instanceof ParameterizedType parameterized && JdkValues.isOfTheJdk(DeclaredTypes.raw(type))) {
			return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(Containers::isOpen);
		}
		Class<?> raw = DeclaredTypes.raw(type);
		return !raw.isArray() && raw != Nothing.class
				&& (OpenTypes.isOpen(raw) || (JdkValues.isOfTheJdk(raw) && raw.getTypeParameters().length > 0));
	}

	/**
	 * The type of the elements of an empty container.
	 */
	private static final class Nothing {

	}

	/**
	 * A class with type arguments.
	 */
	record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {

		Generic(Class<?> raw, Type... arguments) {
			this(raw, List.of(arguments));
		}

		@Override
		public Type[] getActualTypeArguments() {
			return this.arguments.toArray(Type[]::new);
		}

		@Override
		public Type getRawType() {
			return this.raw;
		}

		@Override
		public @Nullable Type getOwnerType() {
			return null;
		}

	}

	/**
	 * The classes of the user's objects that were found. Most elements are of the class
	 * of the one before.
	 */
	private static final class OwnClasses {

		private final Set<Class<?>> classes = new LinkedHashSet<>();

		private @Nullable Class<?> last;

		void add(Class<?> type) {
			if (type == this.last) {
				return;
			}
			this.last = type;
			if (!JdkValues.isOfTheJdk(type)) {
				this.classes.add(MessageType.declaringClass(type));
			}
		}

	}

}
