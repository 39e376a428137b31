package io.adaptive.internal.transport;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Estimates the memory of a message that is handed over without being encoded, so that
 * credit is charged for it as for an encoded one. Arrays, texts and collections are
 * measured, long ones by a sample of their elements; other objects by their fields, down
 * to a depth. At most {@value #MAX_VALUES} values are visited. Collections that are not
 * of the JDK are measured as other objects, so that measuring loads and computes nothing.
 */
final class MemorySize {

	/**
	 * Size up to which a message is charged no bytes, only its place in the number of
	 * messages.
	 */
	static final int SMALL = 512;

	static final int MAX_VALUES = 256;

	private static final int MAX_DEPTH = 8;

	/** Size of the sample of a long collection. */
	private static final int SAMPLE = 16;

	private static final int OBJECT = 16;

	private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
		@Override
		protected Field[] computeValue(Class<?> type) {
			return measuredFields(type);
		}
	};

	private int left = MAX_VALUES;

	private MemorySize() {
	}

	/**
	 * Measures a message.
	 * @param message the message, which may be changed concurrently
	 * @return bytes, 0 for a small one
	 */
	static int of(Object message) {
		if (isOfUsers(message.getClass()) && FIELDS.get(message.getClass()).length == 0) {
			return 0;
		}
		long size = new MemorySize().measure(message, 0);
		return (size <= SMALL) ? 0 : (int) Math.min(size, Integer.MAX_VALUE);
	}

	private long measure(@Nullable Object value, int depth) {
		if (value == null || this.left-- <= 0 || depth > MAX_DEPTH) {
			return 0;
		}
		if (value instanceof CharSequence text) {
			return OBJECT + (isOfUsers(value.getClass()) ? 0L : text.length());
		}
		if (value.getClass().isArray()) {
			return array(value, depth);
		}
		if (value instanceof ByteBuffer buffer) {
			return (long) OBJECT + buffer.remaining();
		}
		if (value instanceof BigInteger number) {
			return (long) OBJECT + number.bitLength() / Byte.SIZE;
		}
		return isOfUsers(value.getClass()) ? fields(value, depth) : OBJECT + ofTheJdk(value, depth);
	}

	private long array(Object array, int depth) {
		int length = Array.getLength(array);
		Class<?> component = array.getClass().getComponentType();
		if (component.isPrimitive()) {
			return OBJECT + (long) length * widthOf(component);
		}
		return OBJECT + elements(Arrays.asList((Object[]) array).iterator(), length, depth);
	}

	private static int widthOf(Class<?> primitive) {
		if (primitive == byte.class || primitive == boolean.class) {
			return Byte.BYTES;
		}
		if (primitive == long.class || primitive == double.class) {
			return Long.BYTES;
		}
		return (primitive == int.class || primitive == float.class) ? Integer.BYTES : Short.BYTES;
	}

	private long ofTheJdk(Object value, int depth) {
		try {
			if (value instanceof Collection<?> collection) {
				return elements(collection.iterator(), collection.size(), depth);
			}
			if (value instanceof Map<?, ?> map) {
				return elements(map.keySet().iterator(), map.size(), depth)
						+ elements(map.values().iterator(), map.size(), depth);
			}
			return (value instanceof Optional<?> optional) ? measure(optional.orElse(null), depth + 1) : 0;
		}
		// Another thread changes it, or it delegates to a collection of the application.
		catch (RuntimeException | Error ex) {
			return 0;
		}
	}

	private long elements(Iterator<?> elements, int length, int depth) {
		long sum = 0;
		int measured = 0;
		while (measured < SAMPLE && this.left > 0 && elements.hasNext()) {
			sum += measure(elements.next(), depth + 1);
			measured++;
		}
		double all = (measured == 0) ? 0 : (double) sum * length / measured;
		return (long) Math.min((double) length * Integer.BYTES + all, Integer.MAX_VALUE);
	}

	private long fields(Object value, int depth) {
		long sum = OBJECT;
		for (Field field : FIELDS.get(value.getClass())) {
			try {
				sum += measure(field.get(value), depth + 1);
			}
			catch (IllegalAccessException ex) {
				throw new IllegalStateException("It was made accessible: " + field, ex);
			}
		}
		return sum;
	}

	/**
	 * Returns the fields whose values use memory of their own and are accessible.
	 */
	private static Field[] measuredFields(Class<?> type) {
		List<Field> measured = new ArrayList<>();
		for (Class<?> each = type; each != null && isOfUsers(each); each = each.getSuperclass()) {
			for (Field field : each.getDeclaredFields()) {
				Class<?> declared = field.getType();
				if (!Modifier.isStatic(field.getModifiers()) && !declared.isPrimitive() && !declared.isEnum()
						&& !isBox(declared) && field.trySetAccessible()) {
					measured.add(field);
				}
			}
		}
		return measured.toArray(new Field[0]);
	}

	private static boolean isBox(Class<?> type) {
		return MethodType.methodType(type).unwrap().returnType().isPrimitive();
	}

	private static boolean isOfUsers(Class<?> type) {
		return !type.isArray() && !type.isPrimitive() && !type.getName().startsWith("java.");
	}

}
