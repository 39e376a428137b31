package io.adaptive.internal.wire;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Declared types that leave open of which class their values are.
 */
final class OpenTypes {

	/** Their values are encoded by content, whatever their class. */
	private static final List<Class<?>> SHAPES = List.of(Collection.class, Map.class);

	private OpenTypes() {
	}

	/**
	 * Tells whether a declared type leaves open what its values are: {@code Object},
	 * {@code Number}, interfaces, and abstract classes of the user's that are not sealed.
	 */
	static boolean isOpen(Class<?> type) {
		if (JdkValues.isOfTheJdk(type)) {
			return type == Object.class || type == Number.class
					|| (type.isInterface() && type != Map.Entry.class && TextValue.of(type) == null
							&& SHAPES.stream().noneMatch((shape) -> shape.isAssignableFrom(type)));
		}
		return Modifier.isAbstract(type.getModifiers()) && !type.isPrimitive() && !type.isArray() && !type.isEnum()
				&& !type.isSealed();
	}

}
