package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Finds collections of collections of collections. The code that Fory generates for them
 * grows about fourfold with each level: a list of lists of lists takes more than a second
 * of processor time before the first message, a fifth level longer than any caller waits.
 */
final class DeepCollections {

	/** The last depth for which code is generated soon enough. */
	private static final int MAX_DEPTH = 2;

	private DeepCollections() {
	}

	/**
	 * Tells whether a field of some classes is nested too deep for generated code.
	 */
	static boolean areIn(Collection<Class<?>> classes) {
		return classes.stream()
			.filter((each) -> !each.isEnum())
			.flatMap(TypeClosure::fieldsOf)
			.map(Field::getGenericType)
			.anyMatch((type) -> depth(type) > MAX_DEPTH);
	}

	/**
	 * Counts the collections around each other. Maps do not count, whose code does not
	 * grow, but what is in them does.
	 */
	private static int depth(Type type) {
		boolean named = type instanceof Class<?> || type instanceof ParameterizedType;
		int own = (named && Collection.class.isAssignableFrom(DeclaredTypes.raw(type))) ? 1 : 0;
		return own + parts(type).mapToInt(DeepCollections::depth).max().orElse(0);
	}

	private static Stream<Type> parts(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments());
		}
		if (type instanceof WildcardType wildcard) {
			return Arrays.stream(wildcard.getUpperBounds()).filter((bound) -> bound != Object.class);
		}
		return (type instanceof GenericArrayType array) ? Stream.of(array.getGenericComponentType()) : Stream.empty();
	}

}
