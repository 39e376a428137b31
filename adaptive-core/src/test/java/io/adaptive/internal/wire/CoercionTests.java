package io.adaptive.internal.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.fixture.SameValue;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.MessageCodecException;
import io.adaptive.message.MessageType;
import io.adaptive.message.TypeReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What JSON and CBOR make of a value in another form than that of the component that it
 * is for: the same value, or an error.
 */
class CoercionTests {

	private static final Map<String, PayloadCodec> CODECS = Map.of("json", JacksonCodec.json(), "cbor",
			CborCodec.create(RegisteredTypes.NONE));

	private static final JsonMapper JSON = new JsonMapper();

	private static final CBORMapper CBOR = new CBORMapper();

	private static byte[] encoded(String codec, String json) {
		return codec.equals("json") ? json.getBytes(StandardCharsets.UTF_8)
				: CBOR.writeValueAsBytes(JSON.readValue(json, Object.class));
	}

	private static void assertRefused(String codec, Class<?> message, byte[] encoded) {
		assertThatExceptionOfType(MessageCodecException.class).as("%s", message.getSimpleName()).isThrownBy(() -> {
			Object decoded = CODECS.get(codec).decode(MessageType.of(message), encoded);
			throw new AssertionError("decoded as " + decoded);
		}).satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
	}

	private static void assertRefused(Class<?> message, String value) {
		for (String codec : CODECS.keySet()) {
			assertRefused(codec, message, encoded(codec, "{\"v\":%s}".formatted(value)));
		}
	}

	private static void assertRead(Object message, String value) {
		CODECS.forEach((name,
				codec) -> assertThat(SameValue.test(message,
						codec.decode(message.getClass(), encoded(name, "{\"v\":%s}".formatted(value)))))
					.as("%s from %s", name, value)
					.isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"1\"", "\"\"", "\" \"", "\"null\"", "1.0", "1.5", "true", "[]", "[1]", "{}",
			"10000000000000000000000" })
	void anIntegerIsReadFromAnIntegerInItsRange(String value) {
		for (Class<?> message : List.of(OfByte.class, OfShort.class, OfInt.class, OfLong.class, OfInteger.class,
				OfOptional.class, OfOptionalInt.class, OfOptionalLong.class, OfAtomic.class, OfAtomicLong.class,
				OfYear.class)) {
			assertRefused(message, value);
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OfByte.class, OfShort.class, OfInt.class, OfLong.class })
	void theFirstIntegerOutOfTheRangeIsRefused(Class<?> message) {
		BigInteger beyond = BigInteger.TWO
			.pow(Map.of(OfByte.class, 7, OfShort.class, 15, OfInt.class, 31, OfLong.class, 63).get(message));
		assertRefused(message, beyond.toString());
		assertRefused(message, beyond.negate().subtract(BigInteger.ONE).toString());
		String last = beyond.subtract(BigInteger.ONE).toString();
		CODECS.forEach((name,
				codec) -> assertThat(codec.decode(MessageType.of(message), encoded(name, "{\"v\":%s}".formatted(last))))
					.asString()
					.endsWith("[v=" + last + "]"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "OfDouble|\"1\"", "OfDouble|\"\"", "OfDouble|\" \"", "OfDouble|true", "OfDouble|9007199254740993",
					"OfDouble|\"nan\"", "OfFloat|\"1.5\"", "OfFloat|16777217", "OfFloat|1e39", "OfOptionalDouble|\" \"",
					"OfOptionalDouble|9007199254740993", "OfDoubles|[9007199254740993]", "OfDoubles|[null]",
					"OfDoubles|[\"1\"]", "OfDoubles|\"AAAAAAAAAAA=\"", "OfFloats|[16777217]", "OfFloats|[null]",
					"OfBigDecimal|\"1\"", "OfBigDecimal|\" \"", "OfBigInteger|1.0", "OfBigInteger|\"1\"",
					"OfNumber|\"1\"", "OfNumber|\" \"", "OfNumber|true" })
	void aDecimalIsReadFromANumberWithoutLoss(String message, String value) {
		assertRefused(type(message), value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "OfDouble|1e400", "OfFloat|1e400", "OfDoubles|[1e400]", "OfObject|1e400",
			"OfNumber|1e400", "OfOptionalDouble|1e400" })
	void aNumberBeyondTheRangeIsNotInfinite(String message, String value) {
		assertRefused("json", type(message), encoded("json", "{\"v\":%s}".formatted(value)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "OfBoolean|1", "OfBoolean|0", "OfBoolean|\"true\"", "OfBoolean|\"\"", "OfBoolean|\" \"",
					"OfBoolean|[true]", "OfFlag|\" \"", "OfFlag|1", "OfAtomicBoolean|\" \"", "OfAtomicBoolean|1",
					"OfString|1", "OfString|1.5", "OfString|true", "OfString|[\"a\"]", "OfString|{}", "OfChar|\"\"",
					"OfChar|\"ab\"", "OfChar|65", "OfEnum|0", "OfEnum|1", "OfEnum|\"\"", "OfEnum|\" \"",
					"OfEnum|\"one\"", "OfEnum|\"0\"", "OfEnum|true", "OfEnumSet|[0]", "OfEnums|[1]", "OfEnums|[\"\"]" })
	void textsBooleansAndConstantsAreReadFromTheirOwnForm(String message, String value) {
		assertRefused(type(message), value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "OfDay|1", "OfDay|\"1\"", "OfMonth|\"1\"", "OfMonth|5", "OfMonth|\"may\"",
			"OfMonth|\"\"", "OfMonth|0", "OfMonth|13", "OfInstant|1", "OfInstant|1.5", "OfInstant|\"1\"",
			"OfInstant|\"\"", "OfInstant|\"2024-01-01\"", "OfDate|1", "OfDate|\"1\"", "OfDate|\"null\"", "OfDate|\"\"",
			"OfDate|\"2024-01-01\"", "OfLocalDate|\"2024-01-01T10:00:00\"", "OfLocalDate|\"2024-01-01T10:00:00Z\"",
			"OfLocalDate|[]", "OfLocalDate|[2024,1,1]", "OfLocalDate|19000", "OfLocalTime|\"2024-01-01T10:00:00\"",
			"OfLocalTime|[10,0]", "OfLocalDateTime|\"2024-01-01T10:00:00Z\"", "OfLocalDateTime|[]", "OfOffset|\"1\"",
			"OfOffset|1", "OfZoned|1", "OfZoned|\"\"", "OfDuration|1", "OfDuration|\"\"", "OfDuration|\"1\"",
			"OfUuid|\"\"", "OfUuid|\" \"", "OfUri|1", "OfUri|true", "OfUri|\" \"", "OfLocale|1", "OfLocale|\" \"",
			"OfLocale|\"2024-01-01\"", "OfCurrency|\"\"", "OfCurrency|\" \"", "OfBits|[null]", "OfBits|\"\"",
			"OfBytes|[200]", "OfBytes|[1]", "OfList|\"\"", "OfList|{}", "OfMap|\"\"", "OfMap|[]", "OfPart|\"\"",
			"OfPart|[]", "OfPart|1" })
	void jdkValuesAreReadFromTheirOwnForm(String message, String value) {
		assertRefused(type(message), value);
	}

	/**
	 * A member that is missing is zero, so that a component may be added.
	 */
	@ParameterizedTest
	@ValueSource(classes = { OfByte.class, OfShort.class, OfInt.class, OfLong.class, OfFloat.class, OfDouble.class,
			OfBoolean.class, OfChar.class })
	void aPrimitiveIsNeverReadFromNull(Class<?> message) {
		assertRefused(message, "null");
		CODECS.forEach((name, codec) -> assertThat(codec.decode(MessageType.of(message), encoded(name, "{}")))
			.hasFieldOrPropertyWithValue("v", Map
				.<Class<?>, Object>of(OfByte.class, (byte) 0, OfShort.class, (short) 0, OfInt.class, 0, OfLong.class,
						0L, OfFloat.class, 0f, OfDouble.class, 0d, OfBoolean.class, false, OfChar.class, '\0')
				.get(message)));
	}

	@ParameterizedTest
	@ValueSource(classes = { OfInts.class, OfLongs.class, OfFlags.class, OfBytes.class, OfMatrix.class, OfChars.class })
	void anElementOfAnArrayOfPrimitivesIsNeverReadFromNull(Class<?> message) {
		assertRefused(message, (message == OfMatrix.class) ? "[[null]]" : "[null]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void anArrayOfPrimitivesAsAWholeMessageIsNeverReadFromNull(String codec) {
		assertRefused(codec, int[].class, encoded(codec, "[null]"));
		assertRefused(codec, double[].class, encoded(codec, "[null]"));
		assertRefused(codec, int.class, encoded(codec, "\"1\""));
		assertRefused(codec, Kind.class, encoded(codec, "0"));
	}

	@Test
	void whatIsTheSameValueIsRead() {
		assertRead(new OfDouble(2), "2");
		assertRead(new OfDouble(-9007199254740992d), "-9007199254740992");
		assertRead(new OfDouble(Double.NEGATIVE_INFINITY), "\"-Infinity\"");
		assertRead(new OfFloat(16777216), "16777216");
		assertRead(new OfFloat(0.5f), "0.5");
		assertRead(new OfDoubles(new double[] { 1, 2.5, Double.NaN }), "[1, 2.5, \"NaN\"]");
		assertRead(new OfFloats(new float[] { 1, 2.5f, Float.NaN }), "[1, 2.5, \"NaN\"]");
		assertRead(new OfOptionalInt(OptionalInt.empty()), "null");
		assertRead(new OfOptionalDouble(OptionalDouble.of(2)), "2");
		assertRead(new OfInteger(null), "null");
		assertRead(new OfChar(' '), "\" \"");
		assertRead(new OfUri(URI.create("")), "\"\"");
		assertRead(new OfLocale(Locale.ROOT), "\"\"");
		assertRead(new OfLocale(Locale.GERMANY), "\"de-DE\"");
		assertRead(new OfMonth(Month.MAY), "\"MAY\"");
		assertRead(new OfDay(DayOfWeek.MONDAY), "\"MONDAY\"");
		assertRead(new OfList(Arrays.asList(1, null)), "[1, null]");
		assertRead(new OfInt(1), "1, \"unknown\": [{\"v\": 2}]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void ofAMemberThatIsThereTwiceTheLastCounts(String codec) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonGenerator out = codec.equals("json") ? JSON.createGenerator(bytes) : CBOR.createGenerator(bytes)) {
			out.writeStartObject();
			out.writeNumberProperty("v", 1);
			out.writeNumberProperty("v", 2);
			out.writeEndObject();
		}
		assertThat(CODECS.get(codec).decode(OfInt.class, bytes.toByteArray())).isEqualTo(new OfInt(2));
		assertThat(CODECS.get(codec).decode(new TypeReference<Map<String, Integer>>() {
		}.messageType(), bytes.toByteArray())).isEqualTo(Map.of("v", 2));
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "cbor" })
	void bytesBehindTheMessageAreRefused(String codec) {
		byte[] one = encoded(codec, "{\"v\":1}");
		byte[] two = new byte[2 * one.length];
		System.arraycopy(one, 0, two, 0, one.length);
		System.arraycopy(one, 0, two, one.length, one.length);
		assertRefused(codec, OfInt.class, two);
	}

	private static Class<?> type(String name) {
		for (Class<?> type : CoercionTests.class.getDeclaredClasses()) {
			if (type.getSimpleName().equals(name)) {
				return type;
			}
		}
		throw new IllegalArgumentException(name);
	}

	enum Kind {

		ONE, TWO

	}

	record OfByte(byte v) {
	}

	record OfShort(short v) {
	}

	record OfInt(int v) {
	}

	record OfLong(long v) {
	}

	record OfFloat(float v) {
	}

	record OfDouble(double v) {
	}

	record OfBoolean(boolean v) {
	}

	record OfChar(char v) {
	}

	record OfInteger(Integer v) {
	}

	record OfFlag(Boolean v) {
	}

	record OfOptional(Optional<Integer> v) {
	}

	record OfOptionalInt(OptionalInt v) {
	}

	record OfOptionalLong(OptionalLong v) {
	}

	record OfOptionalDouble(OptionalDouble v) {
	}

	record OfAtomic(AtomicInteger v) {
	}

	record OfAtomicLong(AtomicLong v) {
	}

	record OfAtomicBoolean(AtomicBoolean v) {
	}

	record OfYear(Year v) {
	}

	record OfBigDecimal(BigDecimal v) {
	}

	record OfBigInteger(BigInteger v) {
	}

	record OfNumber(Number v) {
	}

	record OfObject(Object v) {
	}

	record OfString(String v) {
	}

	record OfEnum(Kind v) {
	}

	record OfEnumSet(EnumSet<Kind> v) {
	}

	record OfEnums(Set<Kind> v) {
	}

	record OfDay(DayOfWeek v) {
	}

	record OfMonth(Month v) {
	}

	record OfInstant(Instant v) {
	}

	record OfDate(Date v) {
	}

	record OfLocalDate(LocalDate v) {
	}

	record OfLocalTime(LocalTime v) {
	}

	record OfLocalDateTime(LocalDateTime v) {
	}

	record OfOffset(OffsetDateTime v) {
	}

	record OfZoned(ZonedDateTime v) {
	}

	record OfDuration(Duration v) {
	}

	record OfUuid(UUID v) {
	}

	record OfUri(URI v) {
	}

	record OfLocale(Locale v) {
	}

	record OfCurrency(Currency v) {
	}

	record OfBits(BitSet v) {
	}

	record OfList(List<Integer> v) {
	}

	record OfMap(Map<String, Integer> v) {
	}

	record OfPart(OfInt v) {
	}

	record OfInts(int[] v) {
	}

	record OfLongs(long[] v) {
	}

	record OfFlags(boolean[] v) {
	}

	record OfBytes(byte[] v) {
	}

	record OfMatrix(int[][] v) {
	}

	record OfChars(char[] v) {
	}

	record OfDoubles(double[] v) {
	}

	record OfFloats(float[] v) {
	}

}
