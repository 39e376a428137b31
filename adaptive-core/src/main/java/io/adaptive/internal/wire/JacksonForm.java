package io.adaptive.internal.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.Year;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The forms of scalars in JSON and CBOR.
 */
enum JacksonForm {

	/** An integer in the range of its type. */
	WHOLE(JsonToken.VALUE_NUMBER_INT) {
		@Override
		boolean isKept(JsonParser in, Object value) {
			// Jackson takes 128 to 255 for bytes below zero.
			return !(value instanceof Byte small) || in.getIntValue() == small;
		}
	},

	/** An integer without loss, a decimal in the range, or a name such as NaN. */
	DECIMAL(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT, JsonToken.VALUE_STRING) {
		@Override
		boolean isKept(JsonParser in, Object value) {
			if (in.currentToken() == JsonToken.VALUE_STRING) {
				return NAMES.contains(in.getString());
			}
			return isKeptNumber(in, value);
		}
	},

	/** A number of any kind. */
	NUMBER(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT) {
		@Override
		boolean isKept(JsonParser in, Object value) {
			return isKeptNumber(in, value);
		}
	},

	/** A boolean. */
	FLAG(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE),

	/** A text. */
	TEXT(JsonToken.VALUE_STRING) {
		@Override
		boolean isKept(JsonParser in, Object value) {
			return !(value instanceof URI || value instanceof Locale) || isText(in.getString(), value);
		}
	},

	/** A text, or bytes in CBOR. */
	BYTES(JsonToken.VALUE_STRING, JsonToken.VALUE_EMBEDDED_OBJECT),

	/** An array. */
	ARRAY(JsonToken.START_ARRAY),

	/** Anything. */
	ANY(JsonToken.values()) {
		@Override
		boolean isKept(JsonParser in, Object value) {
			return in.currentToken() != JsonToken.VALUE_NUMBER_FLOAT || isKeptNumber(in, value);
		}
	};

	/** Integers below have each a float of their own. */
	private static final double EXACT = 1 << 24;

	private static final Set<String> NAMES = Set.of("NaN", "Infinity", "-Infinity");

	private static final Map<Class<?>, JacksonForm> OF_TYPES = ofTypes();

	/** A bit for each token, by its id. */
	private final int tokens;

	JacksonForm(JsonToken... tokens) {
		int bits = 0;
		for (JsonToken token : tokens) {
			bits |= 1 << token.id();
		}
		this.tokens = bits;
	}

	private static Map<Class<?>, JacksonForm> ofTypes() {
		Map<Class<?>, JacksonForm> forms = new HashMap<>();
		List.of(byte.class, Byte.class, short.class, Short.class, int.class, Integer.class, long.class, Long.class,
				BigInteger.class, AtomicInteger.class, AtomicLong.class, Year.class)
			.forEach((type) -> forms.put(type, WHOLE));
		List.of(float.class, Float.class, double.class, Double.class).forEach((type) -> forms.put(type, DECIMAL));
		List.of(BigDecimal.class, Number.class).forEach((type) -> forms.put(type, NUMBER));
		List.of(boolean.class, Boolean.class, AtomicBoolean.class).forEach((type) -> forms.put(type, FLAG));
		List.of(char.class, Character.class, URI.class, Locale.class, Currency.class, DayOfWeek.class, Month.class)
			.forEach((type) -> forms.put(type, TEXT));
		List.of(UUID.class, ByteBuffer.class).forEach((type) -> forms.put(type, BYTES));
		forms.put(Object.class, ANY);
		return forms;
	}

	/**
	 * Returns the form of the values of a type.
	 * @return the form, {@code null} if the type is no scalar
	 */
	static @Nullable JacksonForm of(Class<?> type) {
		return OF_TYPES.get(type);
	}

	boolean accepts(@Nullable JsonToken token) {
		return token != null && (this.tokens & (1 << token.id())) != 0;
	}

	/**
	 * Tells whether a value says all that was read.
	 * @param in stands at the end of the value
	 */
	boolean isKept(JsonParser in, Object value) {
		return true;
	}

	private static boolean isKeptNumber(JsonParser in, Object value) {
		if (!(value instanceof Double || value instanceof Float)) {
			return true;
		}
		double number = ((Number) value).doubleValue();
		if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
			return Math.abs(number) < EXACT || (Double.isFinite(number)
					&& new BigDecimal(number).compareTo(new BigDecimal(in.getBigIntegerValue())) == 0);
		}
		if (value instanceof Float && in.getNumberTypeFP() == JsonParser.NumberTypeFP.DOUBLE64
				&& Double.compare(number, in.getDoubleValue()) != 0) {
			return false;
		}
		return Double.isFinite(number) || isName(in.getString());
	}

	private static boolean isName(String text) {
		return !Character.isDigit(text.charAt(text.length() - 1));
	}

	private static boolean isText(String text, Object value) {
		return text.equals(value.toString())
				|| (value instanceof Locale locale && text.equalsIgnoreCase(locale.toLanguageTag()));
	}

}
