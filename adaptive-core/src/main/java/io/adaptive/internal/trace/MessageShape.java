package io.adaptive.internal.trace;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.adaptive.annotation.Sensitive;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the objects of a class: the components of a record, the fields of another
 * class. Classes of the JDK have no parts.
 *
 * @param sensitive whether the whole class is hidden
 * @param parts the parts by name, in the order of their declaration
 */
record MessageShape(boolean sensitive, Map<String, Part> parts) {

	private static final ClassValue<MessageShape> SHAPES = new ClassValue<>() {
		@Override
		protected MessageShape computeValue(Class<?> type) {
			return new MessageShape(isSensitive(type), isOfJdk(type) ? Map.of() : partsOf(type));
		}
	};

	static MessageShape of(Class<?> type) {
		return SHAPES.get(type);
	}

	/**
	 * Returns whether a class belongs to the JDK, so that its behaviour is known.
	 */
	static boolean isOfJdk(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		return loader == null || loader == ClassLoader.getPlatformClassLoader();
	}

	private static boolean isSensitive(Class<?> type) {
		return type.isAnnotationPresent(Sensitive.class)
				|| Arrays.stream(type.getInterfaces()).anyMatch(MessageShape::isSensitive)
				|| (type.getSuperclass() != null && isSensitive(type.getSuperclass()));
	}

	private static Map<String, Part> partsOf(Class<?> type) {
		Map<String, Part> parts = new LinkedHashMap<>();
		if (type.isRecord()) {
			for (RecordComponent component : type.getRecordComponents()) {
				Method accessor = component.getAccessor();
				add(parts, component.getName(), component.getType(), component, accessor, accessor::invoke);
			}
			return parts;
		}
		for (Class<?> each : ancestry(type)) {
			Arrays.stream(each.getDeclaredFields())
				.filter((field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
				.forEach((field) -> add(parts, field.getName(), field.getType(), field, field,
						(owner, none) -> field.get(owner)));
		}
		return parts;
	}

	/**
	 * Returns a class with its superclasses, the topmost first.
	 */
	private static List<Class<?>> ancestry(Class<?> type) {
		List<Class<?>> ancestry = new ArrayList<>();
		for (Class<?> each = type; each != null && !isOfJdk(each); each = each.getSuperclass()) {
			ancestry.add(0, each);
		}
		return ancestry;
	}

	private static void add(Map<String, Part> parts, String name, Class<?> type, AnnotatedElement declared,
			AccessibleObject access, Access reader) {
		boolean sensitive = declared.isAnnotationPresent(Sensitive.class) || isSensitive(type);
		// A part that cannot be opened may still be public; otherwise reading fails.
		boolean unused = access.trySetAccessible();
		parts.put(name, new Part(name, type, sensitive, reader));
	}

	/**
	 * A part of an object.
	 *
	 * @param name its name
	 * @param type its declared type
	 * @param sensitive whether it is hidden
	 * @param access reads it
	 */
	record Part(String name, Class<?> type, boolean sensitive, Access access) {

		/**
		 * Reads the part.
		 * @param owner the object
		 * @return its value
		 * @throws UnreadableException if reading fails, including exceptions of
		 * application code
		 */
		@Nullable Object of(Object owner) throws UnreadableException {
			try {
				return this.access.read(owner);
			}
			catch (InvocationTargetException ex) {
				throw new UnreadableException(ex.getTargetException().getClass());
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				throw new UnreadableException(ex.getClass());
			}
		}

	}

	/**
	 * Reads a part.
	 */
	@FunctionalInterface
	interface Access {

		@Nullable Object read(Object owner, Object... none) throws ReflectiveOperationException;

	}

	/**
	 * Thrown for a part that cannot be read.
	 */
	static final class UnreadableException extends Exception {

		private static final long serialVersionUID = 1L;

		UnreadableException(Class<?> reason) {
			super(reason.getSimpleName(), null, false, false);
		}

	}

}
