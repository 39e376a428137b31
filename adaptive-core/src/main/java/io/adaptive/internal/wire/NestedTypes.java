package io.adaptive.internal.wire;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Messages that may be nested to any depth: a class contains itself, or a component
 * leaves open what it is.
 */
final class NestedTypes {

	private NestedTypes() {
	}

	/**
	 * Tells whether objects of some classes may be nested to any depth.
	 */
	static boolean areIn(Set<Class<?>> classes) {
		Map<Class<?>, Set<Class<?>>> contents = new HashMap<>();
		for (Class<?> each : classes) {
			if (each.isEnum()) {
				continue;
			}
			Set<Class<?>> raw = TypeClosure.fieldsOf(each)
				.map(Field::getGenericType)
				.flatMap(ForyTypes::rawTypes)
				.collect(Collectors.toSet());
			if (raw.stream().anyMatch(OpenTypes::isOpen)) {
				return true;
			}
			contents.put(each,
					classes.stream()
						.filter((other) -> raw.stream().anyMatch((declared) -> declared.isAssignableFrom(other)))
						.collect(Collectors.toSet()));
		}
		return contents.keySet().stream().anyMatch((each) -> contains(each, contents));
	}

	private static boolean contains(Class<?> type, Map<Class<?>, Set<Class<?>>> contents) {
		Set<Class<?>> reached = new LinkedHashSet<>();
		Set<Class<?>> next = contents.getOrDefault(type, Set.of());
		while (!next.isEmpty()) {
			Set<Class<?>> further = new HashSet<>();
			next.stream().filter(reached::add).forEach((each) -> further.addAll(contents.getOrDefault(each, Set.of())));
			next = further;
		}
		return reached.contains(type);
	}

	/**
	 * Tells whether a message is nested deeper than a limit, by the count of
	 * {@link ValueCheck}.
	 */
	static boolean isDeeper(@Nullable Object value, int limit) {
		if (value == null) {
			return false;
		}
		ValueShape shape = ValueShape.of(value.getClass());
		if (shape.isLeaf()) {
			return false;
		}
		if (limit == 0) {
			return true;
		}
		if (value instanceof Map<?, ?> map) {
			return isOneDeeper(map.keySet(), limit - 1) || isOneDeeper(map.values(), limit - 1);
		}
		if (value instanceof Collection<?> collection) {
			return isOneDeeper(collection, limit - 1);
		}
		if (value instanceof Optional<?> optional) {
			return isDeeper(optional.orElse(null), limit - 1);
		}
		return value.getClass().isArray() ? isElementDeeper(value, limit - 1) : isFieldDeeper(value, shape, limit - 1);
	}

	private static boolean isOneDeeper(Collection<?> values, int limit) {
		for (Object value : values) {
			if (isDeeper(value, limit)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isElementDeeper(Object array, int limit) {
		for (int i = 0; i < Array.getLength(array); i++) {
			if (isDeeper(Array.get(array, i), limit)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isFieldDeeper(Object value, ValueShape shape, int limit) {
		for (Field field : shape.fields()) {
			if (isDeeper(ValueShape.valueOf(field, value), limit)) {
				return true;
			}
		}
		return false;
	}

}
