package io.adaptive.gshell.group;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Map;

import io.adaptive.gshell.share.SharedTypeLoader;
import org.apache.fory.util.function.Functions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Getters of components of records that the codec keeps for the whole JVM. It drops one
 * when all of its keys have been collected, of which one is the type of the component:
 * with a primitive type that is never, and the getter keeps the class loader of the
 * record. Those of jobs that have ended are removed here. Thread-safe.
 */
final class CodecGetters {

	private static final Logger logger = LoggerFactory.getLogger(CodecGetters.class);

	private static final Map<?, ?> GETTERS = getters();

	private CodecGetters() {
	}

	/**
	 * The map behind a private field: the codec has no method for it. Empty in a version
	 * of the codec without the field.
	 */
	private static Map<?, ?> getters() {
		try {
			Object cache = value(Functions.class, "weakCache", null);
			return (Map<?, ?>) value(cache.getClass(), "map", cache);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.warn("class loaders of jobs with messages stay in memory: {}", ex.toString());
			return Map.of();
		}
	}

	private static Object value(Class<?> type, String name, @Nullable Object object)
			throws ReflectiveOperationException {
		Field field = type.getDeclaredField(name);
		field.setAccessible(true);
		return field.get(object);
	}

	/**
	 * Removes the getters of jobs that have ended, also of those that a warm-up has made
	 * since.
	 */
	static void removeEnded() {
		if (!GETTERS.isEmpty()) {
			GETTERS.values().removeIf((getter) -> isOfEnded(loader(getter)));
		}
	}

	/**
	 * The number of getters of jobs.
	 */
	static long ofJobs() {
		return GETTERS.values().stream().filter((getter) -> isOfJob(loader(getter))).count();
	}

	private static boolean isOfEnded(@Nullable ClassLoader loader) {
		if (loader instanceof SharedTypeLoader types) {
			return types.isEnded();
		}
		JobNodes nodes = nodes(loader);
		return nodes != null && nodes.isEnded();
	}

	private static boolean isOfJob(@Nullable ClassLoader loader) {
		return loader instanceof SharedTypeLoader || nodes(loader) != null;
	}

	private static @Nullable JobNodes nodes(@Nullable ClassLoader loader) {
		for (ClassLoader each = loader; each != null; each = each.getParent()) {
			if (each instanceof JobNodes nodes) {
				return nodes;
			}
		}
		return null;
	}

	/**
	 * The loader of a getter, or of the record that one by reflection reads.
	 */
	private static @Nullable ClassLoader loader(Object getter) {
		ClassLoader own = getter.getClass().getClassLoader();
		if (own != Functions.class.getClassLoader()) {
			return own;
		}
		try {
			return ((Method) value(getter.getClass(), "method", getter)).getDeclaringClass().getClassLoader();
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return own;
		}
	}

}
