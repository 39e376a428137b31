package io.adaptive.internal.wire;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * What messages of generic classes contain, such as the items of a {@code Page<Item>}.
 * Their class does not tell it: the sender looks at the values, and the receiver goes by
 * the type arguments that it declares.
 */
final class GenericMessages {

	private static final ClassValue<Boolean> GENERIC = new ClassValue<>() {
		@Override
		protected Boolean computeValue(Class<?> type) {
			return isGeneric(type);
		}
	};

	private final Set<Class<?>> found = new LinkedHashSet<>();

	private GenericMessages() {
	}

	/**
	 * Finds the classes of the user's objects that stand where the class of a message, or
	 * of an element of a container, has a type variable.
	 * @return the classes, most often none
	 */
	static Set<Class<?>> contentsOf(Object message) {
		if (!mayBeGeneric(message)) {
			return Set.of();
		}
		GenericMessages contents = new GenericMessages();
		contents.collect(message, false);
		contents.found.removeIf(JdkValues::isOfTheJdk);
		return contents.found;
	}

	/**
	 * Tells whether the class of a message, or of an element of it, is generic.
	 */
	static boolean mayBeGeneric(Object message) {
		return Containers.isContainer(message) ? areIn(Containers.ownClasses(message))
				: GENERIC.get(message.getClass());
	}

	static boolean areIn(Set<Class<?>> classes) {
		return classes.stream().anyMatch(GENERIC::get);
	}

	private static boolean isGeneric(Class<?> type) {
		return !JdkValues.isOfTheJdk(type) && !type.isEnum()
				&& (type.getTypeParameters().length > 0 || (type.getSuperclass() != null
						&& type.getSuperclass() != Object.class && isGeneric(type.getSuperclass())));
	}

	private void collect(@Nullable Object value, boolean variable) {
		if (value instanceof Collection<?> many) {
			many.forEach((each) -> collect(each, variable));
		}
		else if (value instanceof Map<?, ?> map) {
			collect(map.keySet(), variable);
			collect(map.values(), variable);
		}
		else if (value instanceof Map.Entry<?, ?> entry) {
			collect(entry.getKey(), variable);
			collect(entry.getValue(), variable);
		}
		else if (value instanceof Optional<?> optional) {
			collect(optional.orElse(null), variable);
		}
		else if (value instanceof Object[] array) {
			Arrays.asList(array).forEach((each) -> collect(each, variable));
		}
		else if (value != null && ValueShape.of(value.getClass()).own()) {
			own(value, variable);
		}
	}

	private void own(Object value, boolean variable) {
		Class<?> type = MessageType.declaringClass(value.getClass());
		if (variable) {
			this.found.add(type);
		}
		if (GENERIC.get(type)) {
			ValueShape.of(value.getClass())
				.fields()
				.stream()
				.filter((field) -> hasVariable(field.getGenericType()))
				.forEach((field) -> collect(ValueShape.valueOf(field, value), true));
		}
	}

	private static boolean hasVariable(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments()).anyMatch(GenericMessages::hasVariable);
		}
		if (type instanceof WildcardType wildcard) {
			return Arrays.stream(wildcard.getUpperBounds()).anyMatch(GenericMessages::hasVariable);
		}
		return type instanceof TypeVariable
				|| (type instanceof GenericArrayType array && hasVariable(array.getGenericComponentType()));
	}

	/**
	 * Finds the classes that the type arguments of generic classes in a declared type
	 * name.
	 * @return the classes, most often none
	 */
	static Set<Class<?>> argumentsOf(Type declared) {
		Set<Class<?>> arguments = new LinkedHashSet<>();
		arguments(declared, arguments, new HashSet<>());
		return arguments;
	}

	private static void arguments(Type type, Set<Class<?>> arguments, Set<Type> seen) {
		if (!seen.add(type)) {
			return;
		}
		if (type instanceof ParameterizedType parameterized) {
			boolean own = !JdkValues.isOfTheJdk(DeclaredTypes.raw(type));
			for (Type argument : parameterized.getActualTypeArguments()) {
				if (own) {
					arguments.addAll(TypeClosure.of(argument));
				}
				arguments(argument, arguments, seen);
			}
		}
		else if (type instanceof GenericArrayType array) {
			arguments(array.getGenericComponentType(), arguments, seen);
		}
		else if (type instanceof Class<?> javaType && javaType.isArray()) {
			arguments(javaType.getComponentType(), arguments, seen);
		}
	}

}
