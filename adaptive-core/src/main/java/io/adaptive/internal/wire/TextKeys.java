package io.adaptive.internal.wire;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Keys of maps that come back from a text as they were.
 */
final class TextKeys {

	private static final Set<Class<?>> TYPES = Set.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, Character.class, UUID.class, URI.class, Instant.class,
			LocalDate.class, LocalDateTime.class, LocalTime.class, OffsetDateTime.class, Year.class, YearMonth.class);

	private TextKeys() {
	}

	/**
	 * Looks for a map whose declared keys come back from no text. A message that declares
	 * one cannot be decoded, even if the map is missing.
	 * @param classes what a message type declares
	 * @return which one, in words; {@code null} if there is none
	 */
	static @Nullable String obstacle(Set<Class<?>> classes) {
		return classes.stream()
			.filter((type) -> !type.isEnum())
			.flatMap(TypeClosure::fieldsOf)
			.flatMap((field) -> keysIn(field.getGenericType()).filter((key) -> !isText(key))
				.map((key) -> ("component %s of %s has keys of %s, which cannot be told from a text; use a list of entries, "
						+ "or the codec fory")
					.formatted(field.getName(), field.getDeclaringClass().getName(), key.getName())))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Looks for such a map in a message type with type arguments.
	 * @param type the type
	 * @return which one, in words; {@code null} if there is none
	 */
	static @Nullable String obstacle(Type type) {
		return keysIn(type).filter((key) -> !isText(key))
			.findFirst()
			.map((key) -> "%s has keys of %s, which cannot be told from a text; use a list of entries, or the codec fory"
				.formatted(type.getTypeName(), key.getName()))
			.orElseGet(() -> obstacle(TypeClosure.of(type)));
	}

	private static Stream<Class<?>> keysIn(Type type) {
		if (type instanceof GenericArrayType array) {
			return keysIn(array.getGenericComponentType());
		}
		if (!(type instanceof ParameterizedType parameterized)) {
			return Stream.empty();
		}
		Type[] arguments = parameterized.getActualTypeArguments();
		boolean map = Map.class.isAssignableFrom(DeclaredTypes.raw(type)) && arguments.length == 2;
		return Stream.concat(map ? Stream.of(DeclaredTypes.raw(arguments[0])) : Stream.empty(),
				Arrays.stream(arguments).flatMap(TextKeys::keysIn));
	}

	private static boolean isText(Class<?> key) {
		return TYPES.contains(key) || key.isEnum() || key == Object.class || key == CharSequence.class;
	}

	/**
	 * Tells whether a key has an encoding as a text: it has no half of a surrogate pair.
	 */
	static boolean isWellFormed(Object key) {
		if (key instanceof Character letter) {
			return !Character.isSurrogate(letter);
		}
		return !(key instanceof CharSequence text) || text.codePoints()
			.noneMatch((point) -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
	}

	/**
	 * Tells whether a key comes back.
	 * @param key the key
	 * @param declared what the map declares for its keys
	 */
	static boolean isAllowed(Object key, Class<?> declared) {
		if (key instanceof Enum<?> constant) {
			return constant.getDeclaringClass() == declared;
		}
		if (declared == Object.class || !TYPES.contains(declared)) {
			return key instanceof String && (declared == Object.class || declared == CharSequence.class);
		}
		return key.getClass() == declared;
	}

}
