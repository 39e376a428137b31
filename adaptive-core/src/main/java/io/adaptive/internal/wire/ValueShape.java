package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the objects of a class are made of.
 *
 * @param own whether the class is of the user and no collection
 * @param certain whether a value whose declared type this is fits always
 * @param container whether it is a collection, a map, an {@link Optional} or an array of
 * objects
 * @param fields whose values may be of another type than declared
 * @param hiding a field with the name of another one, which texts cannot tell apart
 */
record ValueShape(boolean own, boolean certain, boolean container, List<Field> fields, @Nullable Field hiding) {

	private static final Set<Class<?>> OPTIONALS = Set.of(Optional.class, OptionalInt.class, OptionalLong.class,
			OptionalDouble.class);

	private static final ClassValue<ValueShape> SHAPES = new ClassValue<>() {
		@Override
		protected ValueShape computeValue(Class<?> type) {
			return made(type);
		}
	};

	static ValueShape of(Class<?> type) {
		return SHAPES.get(type);
	}

	private static ValueShape made(Class<?> type) {
		boolean many = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
		boolean container = many || Map.Entry.class.isAssignableFrom(type) || type == Optional.class
				|| (type.isArray() && !type.getComponentType().isPrimitive());
		boolean own = !many && !type.isArray() && !JdkValues.isOfTheJdk(type) && TextValue.of(type) == null;
		boolean walked = own && !Enum.class.isAssignableFrom(type);
		return new ValueShape(own, isCertain(type), container,
				walked ? TypeClosure.fieldsOf(type)
					.filter((field) -> !isCertain(field.getType()) && isReadable(field))
					.toList() : List.of(),
				walked ? TypeClosure.hidingFieldOf(type) : null);
	}

	/**
	 * Returns the fields of an object, also those whose values are of the declared type.
	 */
	List<Field> allFields(Object of) {
		return (this.own && !(of instanceof Enum))
				? TypeClosure.fieldsOf(of.getClass()).filter(ValueShape::isReadable).toList() : List.of();
	}

	private static boolean isReadable(Field field) {
		try {
			return field.trySetAccessible();
		}
		catch (SecurityException ex) {
			return false;
		}
	}

	private static boolean isCertain(Class<?> type) {
		return type.isPrimitive() || type.isEnum() || (type.isArray() && type.getComponentType().isPrimitive())
				|| (Modifier.isFinal(type.getModifiers()) && JdkValues.isOfTheJdk(type) && !type.isArray()
						&& !isOptional(type) && TextValue.of(type) == null);
	}

	/**
	 * Tells whether an object of exactly the declared class fits.
	 * @param unknown the name of the class that the codec did not know
	 */
	boolean fitsExactly(@Nullable String unknown) {
		return this.own || (this.certain && unknown == null);
	}

	boolean isLeaf() {
		return !this.container && this.fields.isEmpty();
	}

	static boolean isOptional(Class<?> type) {
		return OPTIONALS.contains(type);
	}

	/**
	 * Reads a field of {@link #fields()}.
	 */
	static @Nullable Object valueOf(Field field, Object of) {
		try {
			return field.get(of);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("The field was made accessible: " + field, ex);
		}
	}

}
