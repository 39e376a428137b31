package io.adaptive.wire;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.Set;
import java.util.UUID;

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
