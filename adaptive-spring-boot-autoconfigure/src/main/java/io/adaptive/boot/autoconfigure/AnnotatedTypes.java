package io.adaptive.boot.autoconfigure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.annotation.RegisteredType;

/**
 * The types of an application with {@link RegisteredType}.
 */
final class AnnotatedTypes {

	private final List<Class<?>> types;

	AnnotatedTypes(Class<?>[] types) {
		this.types = List.of(types);
	}

	List<Class<?>> types() {
		return this.types;
	}

	/**
	 * Returns these types and others.
	 */
	Collection<Class<?>> and(Collection<Class<?>> others) {
		Set<Class<?>> all = new LinkedHashSet<>(others);
		all.addAll(this.types);
		return all;
	}

}
