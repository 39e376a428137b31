package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The shortest way by which a message type leads to a class that it contains, in names of
 * fields: {@code lines.item}.
 */
final class MemberPath {

	private MemberPath() {
	}

	/**
	 * Finds the way.
	 * @param message a message type, with its type arguments
	 * @param member a class of its closure
	 * @return the names, separated by dots; empty for the type itself and for elements of
	 * a collection that is the message
	 */
	static String of(Type message, Class<?> member) {
		Set<Class<?>> closure = TypeClosure.of(message);
		Map<Class<?>, String> paths = new LinkedHashMap<>();
		Deque<Class<?>> next = new ArrayDeque<>();
		reach(message, "", closure, paths, next);
		while (!next.isEmpty() && !paths.containsKey(member)) {
			Class<?> from = next.remove();
			String path = paths.getOrDefault(from, "");
			TypeClosure.fieldsOf(from)
				.forEach((field) -> reach(field.getGenericType(), join(path, field), closure, paths, next));
		}
		return paths.getOrDefault(member, "");
	}

	private static void reach(Type type, String path, Set<Class<?>> closure, Map<Class<?>, String> paths,
			Deque<Class<?>> next) {
		EncodingObstacle.rawTypes(type)
			.filter((raw) -> raw != Object.class)
			.flatMap((raw) -> closure.stream().filter(raw::isAssignableFrom))
			.filter((each) -> paths.putIfAbsent(each, path) == null)
			.forEach(next::add);
	}

	private static String join(String path, Field field) {
		return path.isEmpty() ? field.getName() : path + '.' + field.getName();
	}

}
