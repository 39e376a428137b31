package io.adaptive.wire;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

import io.netty.buffer.Unpooled;

/**
 * A number that is equal for equal declarations: the first eight bytes of the SHA-256
 * over the names and types of all that a message contains. Lets a person see at once that
 * two programs were built from different versions of a message.
 */
final class SchemaFingerprint {

	private SchemaFingerprint() {
	}

	static long of(Class<?> type) {
		StringBuilder text = new StringBuilder();
		TypeClosure.of(type)
			.stream()
			.sorted(Comparator.comparing(TypeClosure::nameOf))
			.forEach((member) -> describe(member, text));
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(text.toString().getBytes(StandardCharsets.UTF_8));
			return Unpooled.wrappedBuffer(digest).readLong();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	private static void describe(Class<?> type, StringBuilder text) {
		text.append(TypeClosure.nameOf(type)).append('{');
		if (type.isEnum()) {
			text.append(Arrays.toString(type.getEnumConstants()));
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
		if (type instanceof Class<?> javaType) {
			return javaType.isArray() ? nameOf(javaType.getComponentType()) + "[]" : TypeClosure.nameOf(javaType);
		}
		if (type instanceof ParameterizedType parameterized) {
			return Arrays.stream(parameterized.getActualTypeArguments())
				.map(SchemaFingerprint::nameOf)
				.collect(Collectors.joining(",", nameOf(parameterized.getRawType()) + "<", ">"));
		}
		return type.getTypeName();
	}

}
