package io.adaptive.internal.wire;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;

/**
 * Reads declared types, with the type arguments that are known in their place.
 */
final class DeclaredTypes {

	private DeclaredTypes() {
	}

	/**
	 * Returns the class of a declared type.
	 */
	static Class<?> raw(Type type) {
		if (type instanceof Class<?> javaType) {
			return javaType;
		}
		if (type instanceof ParameterizedType parameterized) {
			return raw(parameterized.getRawType());
		}
		if (type instanceof WildcardType wildcard) {
			return raw(wildcard.getUpperBounds()[0]);
		}
		if (type instanceof TypeVariable<?> variable) {
			return raw(variable.getBounds()[0]);
		}
		return (type instanceof GenericArrayType array) ? raw(array.getGenericComponentType()).arrayType()
				: Object.class;
	}

	/**
	 * Returns a type argument.
	 * @param index the place, from the last if negative
	 * @return the argument, {@code Object} if the type has none there
	 */
	static Type argument(Type type, int index) {
		if (type instanceof ParameterizedType parameterized) {
			Type[] arguments = parameterized.getActualTypeArguments();
			int place = (index < 0) ? arguments.length + index : index;
			if (place >= 0 && place < arguments.length) {
				return arguments[place];
			}
		}
		return Object.class;
	}

	/**
	 * Returns the type of the elements of an array.
	 */
	static Type component(Type type, Class<?> arrayClass) {
		return (type instanceof GenericArrayType array) ? array.getGenericComponentType()
				: arrayClass.getComponentType();
	}

	/**
	 * Returns the type of a field where its class is used by a type.
	 * @param type the declared type of the field
	 * @param user the type whose arguments say what its variables stand for
	 */
	static Type resolve(Type type, Type user) {
		if (!(user instanceof ParameterizedType)) {
			return type;
		}
		if (type instanceof TypeVariable<?> variable) {
			TypeVariable<?>[] names = raw(user).getTypeParameters();
			for (int i = 0; i < names.length; i++) {
				if (names[i].equals(variable)) {
					return argument(user, i);
				}
			}
		}
		if (type instanceof ParameterizedType parameterized) {
			return new Containers.Generic(raw(type),
					Arrays.stream(parameterized.getActualTypeArguments())
						.map((argument) -> resolve(argument, user))
						.toArray(Type[]::new));
		}
		if (type instanceof GenericArrayType array) {
			Type component = resolve(array.getGenericComponentType(), user);
			return (component instanceof Class<?> known) ? known.arrayType() : type;
		}
		return type;
	}

}
