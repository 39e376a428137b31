package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.message.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Finds every class that a message may contain, by its declaration: fields, their type
 * arguments, array components, superclasses, and the permitted subclasses of sealed
 * types. Types of the JDK are left to the codec, which knows them.
 */
public final class TypeClosure {

	private final Set<Class<?>> classes = new LinkedHashSet<>();

	private final Set<Type> seen = new HashSet<>();

	private TypeClosure() {
	}

	/**
	 * Returns the classes to register for a message type, the type itself included.
	 * Abstract types are left out, since no object is of exactly that class.
	 * @param type the message type, with its type arguments
	 * @return the classes, in the order in which they were found
	 */
	public static Set<Class<?>> of(Type type) {
		TypeClosure closure = new TypeClosure();
		closure.visit(type);
		return closure.classes;
	}

	/**
	 * Returns the name of a class of a closure: its message name, unless it is the class
	 * of an enum constant or a collection, which is no message of its own.
	 */
	static String nameOf(Class<?> member) {
		return (MessageType.declaringClass(member) == member && !MessageType.of(member).isContainer())
				? MessageType.of(member).name() : member.getName();
	}

	private void visit(Type type) {
		if (!this.seen.add(type)) {
			return;
		}
		if (type instanceof Class<?> javaType) {
			visitClass(javaType);
		}
		else if (type instanceof ParameterizedType parameterized) {
			visit(parameterized.getRawType());
			visitAll(parameterized.getActualTypeArguments());
		}
		else if (type instanceof GenericArrayType array) {
			visit(array.getGenericComponentType());
		}
		else if (type instanceof WildcardType wildcard) {
			visitAll(wildcard.getUpperBounds());
		}
		else if (type instanceof TypeVariable<?> variable) {
			visitAll(variable.getBounds());
		}
	}

	private void visitAll(Type[] types) {
		for (Type type : types) {
			visit(type);
		}
	}

	private void visitClass(Class<?> type) {
		if (type.isArray()) {
			visit(type.getComponentType());
			return;
		}
		if (type.isPrimitive() || type.getName().startsWith("java.")) {
			return;
		}
		if (type.isSealed()) {
			visitAll(type.getPermittedSubclasses());
		}
		if (type.isEnum() || !Modifier.isAbstract(type.getModifiers())) {
			this.classes.add(type);
		}
		if (type.isEnum()) {
			return;
		}
		if (type.getGenericSuperclass() != null) {
			visit(type.getGenericSuperclass());
		}
		declaredFieldsOf(type).forEach((field) -> visit(field.getGenericType()));
	}

	/**
	 * Returns what objects of a class consist of, superclasses included.
	 */
	static Stream<Field> fieldsOf(Class<?> type) {
		Class<?> parent = type.getSuperclass();
		Stream<Field> inherited = (parent == null || parent.getName().startsWith("java.")) ? Stream.empty()
				: fieldsOf(parent);
		return Stream.concat(inherited, declaredFieldsOf(type));
	}

	/**
	 * Returns a field that hides one of a superclass, {@code null} if there is none.
	 */
	static @Nullable Field hidingFieldOf(Class<?> type) {
		Set<String> names = new HashSet<>();
		return fieldsOf(type).filter((field) -> !field.isSynthetic() && !names.add(field.getName()))
			.findFirst()
			.orElse(null);
	}

	private static Stream<Field> declaredFieldsOf(Class<?> type) {
		return Arrays.stream(type.getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()));
	}

}
