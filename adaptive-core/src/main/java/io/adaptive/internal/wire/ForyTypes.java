package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The classes that the Fory instances of a pool know: what a message type declares, what
 * is registered besides, arrays of JDK interfaces that are declared, and collections of
 * other classes, which are sent as plain ones. For any number of threads.
 */
final class ForyTypes {

	/** Classes of collections, beyond which others are refused. */
	private static final int MAX_PLAIN = 64;

	private final Class<?> type;

	private final Set<Class<?>> closure;

	/** Raw types of all components. */
	private final Set<Class<?>> components;

	private final boolean nestable;

	private final int maxDepth;

	/** Grows only. */
	private volatile Set<Class<?>> plain = Set.of();

	/**
	 * Collects the classes.
	 * @param type the message type, {@code Object} for containers
	 * @param declared what it declares
	 * @param registered what may stand in it besides
	 * @param maxDepth how many levels a message may have
	 */
	ForyTypes(Class<?> type, Set<Class<?>> declared, Set<Class<?>> registered, int maxDepth) {
		this.type = type;
		this.maxDepth = maxDepth;
		this.closure = new LinkedHashSet<>(declared);
		Set<String> names = this.closure.stream().map(TypeClosure::nameOf).collect(Collectors.toSet());
		registered.stream().filter((each) -> names.add(TypeClosure.nameOf(each))).forEach(this.closure::add);
		this.components = componentsOf(this.closure);
		this.nestable = type == Object.class || NestedTypes.areIn(this.closure);
	}

	Class<?> type() {
		return this.type;
	}

	Set<Class<?>> closure() {
		return this.closure;
	}

	/**
	 * Returns the collections that are sent as plain ones, so far.
	 */
	Set<Class<?>> plain() {
		return this.plain;
	}

	/**
	 * Returns the declared arrays whose elements are of the JDK.
	 */
	Stream<Class<?>> arrays() {
		return this.components.stream().filter(Class::isArray);
	}

	/**
	 * Returns the raw types that components declare.
	 */
	Set<Class<?>> components() {
		return this.components;
	}

	/**
	 * Returns how many levels a message may have.
	 */
	int maxDepth() {
		return this.maxDepth;
	}

	/**
	 * Tells whether messages may be nested to any depth.
	 */
	boolean areNestable() {
		return this.nestable;
	}

	/**
	 * Looks whether a message was refused for a collection that can be sent as a plain
	 * one, and has instances made from now on send it so.
	 * @return whether to try again with such an instance
	 */
	boolean learn(RuntimeException failure) {
		ForyUnknownClassException unknown = CodecFailure.find(ForyUnknownClassException.class, failure);
		Class<?> plainClass = (unknown != null) ? standInFor(unknown.type()) : null;
		return plainClass != null && unknown != null && fits(unknown.type(), plainClass) && add(unknown.type());
	}

	/**
	 * Returns the class that is written for the objects of a class that Fory does not
	 * know.
	 * @return the class, {@code null} if there is none
	 */
	static @Nullable Class<?> standInFor(Class<?> unknown) {
		TextValue<?> text = TextValue.of(unknown);
		return (text != null) ? text.concrete() : PlainCollections.classFor(unknown);
	}

	/**
	 * Tells whether the plain class may stand wherever the other one may.
	 */
	private boolean fits(Class<?> unknown, Class<?> plainClass) {
		return this.components.stream()
			.noneMatch((component) -> component.isAssignableFrom(unknown) && !component.isAssignableFrom(plainClass));
	}

	private synchronized boolean add(Class<?> unknown) {
		if (this.plain.contains(unknown)) {
			// Another thread has learnt it.
			return true;
		}
		Set<Class<?>> more = new HashSet<>(this.plain);
		more.add(unknown);
		if (more.size() > MAX_PLAIN) {
			return false;
		}
		this.plain = Set.copyOf(more);
		return true;
	}

	private static Set<Class<?>> componentsOf(Set<Class<?>> classes) {
		return classes.stream()
			.filter((each) -> !each.isEnum())
			.flatMap(TypeClosure::fieldsOf)
			.map(Field::getGenericType)
			.flatMap(ForyTypes::rawTypes)
			.collect(Collectors.toSet());
	}

	/**
	 * Returns the classes that a declared type names, those of its type arguments and
	 * elements included.
	 */
	static Stream<Class<?>> rawTypes(Type type) {
		Set<Class<?>> components = new HashSet<>();
		add(type, components, new HashSet<>());
		return components.stream();
	}

	private static void add(Type type, Set<Class<?>> components, Set<Type> seen) {
		if (!seen.add(type)) {
			return;
		}
		components.add(DeclaredTypes.raw(type));
		parts(type).forEach((part) -> add(part, components, seen));
	}

	private static Stream<Type> parts(Type type) {
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments());
		}
		if (type instanceof WildcardType wildcard) {
			return Arrays.stream(wildcard.getUpperBounds());
		}
		if (type instanceof TypeVariable<?> variable) {
			return Arrays.stream(variable.getBounds());
		}
		if (type instanceof GenericArrayType array) {
			return Stream.of(array.getGenericComponentType());
		}
		return (type instanceof Class<?> javaType && javaType.isArray()) ? Stream.of(javaType.getComponentType())
				: Stream.empty();
	}

}
