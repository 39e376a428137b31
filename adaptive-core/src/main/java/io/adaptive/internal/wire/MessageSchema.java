package io.adaptive.internal.wire;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.adaptive.message.MessageType;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of a message: the names and types of all that it contains, as a text,
 * and a number that is equal for equal texts. The text is announced with the type, so
 * that the receiver can compare it with its own.
 *
 * @param fingerprint the first eight bytes of the SHA-256 of the text
 * @param text the classes with their fields, {@code null} if it is too long to be
 * announced, or contains a name that it cannot tell from its own punctuation
 * @see SchemaComparison
 */
record MessageSchema(long fingerprint, @Nullable String text) {

	/** Bytes of the longest text that is announced. */
	static final int MAX_TEXT_BYTES = 32_000;

	private static final String PUNCTUATION = "{}<>[],;:?";

	private static final ClassValue<Computed> OF_CLASSES = new ClassValue<>() {
		@Override
		protected Computed computeValue(Class<?> type) {
			return new Computed();
		}
	};

	/**
	 * Returns the schema of a class. Computed once.
	 */
	static MessageSchema of(Class<?> type) {
		Computed computed = OF_CLASSES.get(type);
		MessageSchema schema = computed.schema;
		if (schema == null) {
			schema = describe(TypeClosure.of(type));
			computed.schema = schema;
		}
		return schema;
	}

	/**
	 * Returns the schema of a class if it has been computed, for threads that must not
	 * spend the time.
	 */
	static @Nullable MessageSchema known(Class<?> type) {
		return OF_CLASSES.get(type).schema;
	}

	/**
	 * Returns the schema of a message type as it is declared, with its type arguments.
	 */
	static MessageSchema of(MessageType<?> type) {
		return (type.genericType() instanceof Class<?> javaType) ? of(javaType)
				: describe(TypeClosure.of(type.genericType()));
	}

	/**
	 * Returns the schema of a container.
	 * @param contents the classes of its elements
	 */
	static MessageSchema ofContents(Collection<Class<?>> contents) {
		Set<Class<?>> closure = new LinkedHashSet<>();
		contents.forEach((each) -> closure.addAll(TypeClosure.of(each)));
		return describe(closure);
	}

	private static MessageSchema describe(Set<Class<?>> closure) {
		StringBuilder text = new StringBuilder();
		closure.stream().sorted(Comparator.comparing(TypeClosure::nameOf)).forEach((member) -> describe(member, text));
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		boolean readable = closure.stream().map(TypeClosure::nameOf).noneMatch(MessageSchema::hasPunctuation);
		return new MessageSchema(fingerprint(bytes),
				(readable && bytes.length <= MAX_TEXT_BYTES) ? text.toString() : null);
	}

	private static boolean hasPunctuation(String name) {
		return name.chars().anyMatch((character) -> PUNCTUATION.indexOf(character) >= 0);
	}

	private static long fingerprint(byte[] text) {
		try {
			return Unpooled.wrappedBuffer(MessageDigest.getInstance("SHA-256").digest(text)).readLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	private static void describe(Class<?> type, StringBuilder text) {
		text.append(TypeClosure.nameOf(type)).append('{');
		if (type.isEnum()) {
			text.append(Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name())
				.collect(Collectors.joining(", ", "[", "]")));
		}
		else {
			TypeClosure.fieldsOf(type)
				.sorted(Comparator.comparing(Field::getName))
				.forEach((field) -> text.append(field.getName())
					.append(':')
					.append(nameOf(field.getGenericType()))
					.append(';'));
		}
		text.append('}');
	}

	private static String nameOf(Type type) {
		if (type instanceof Class<?> primitive && primitive.isPrimitive()) {
			return primitive.getName();
		}
		if (type instanceof Class<?> javaType) {
			return javaType.isArray() ? nameOf(javaType.getComponentType()) + "[]" : TypeClosure.nameOf(javaType);
		}
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments())
				.map(MessageSchema::nameOf)
				.collect(Collectors.joining(",", nameOf(parameterized.getRawType()) + "<", ">"));
		}
		return type.getTypeName();
	}

	/**
	 * The schema of a class. Two threads may compute it at the same time, with the same
	 * result.
	 */
	private static final class Computed {

		private volatile @Nullable MessageSchema schema;

	}

}
