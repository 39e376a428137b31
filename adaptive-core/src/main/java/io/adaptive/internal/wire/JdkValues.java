package io.adaptive.internal.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The closed table of JDK values that may stand where a message declares nothing more
 * than {@code Object} or an interface of the JDK. A collection has the name of its kind,
 * whatever its class.
 */
final class JdkValues {

	private static final List<Class<?>> TYPES = List.of(String.class, Boolean.class, Byte.class, Short.class,
			Integer.class, Long.class, Float.class, Double.class, Character.class, BigInteger.class, BigDecimal.class,
			UUID.class, URI.class, Locale.class, Currency.class, BitSet.class, Instant.class, LocalDate.class,
			LocalTime.class, LocalDateTime.class, OffsetDateTime.class, OffsetTime.class, ZonedDateTime.class,
			Duration.class, Period.class, Year.class, YearMonth.class, MonthDay.class, DayOfWeek.class, Month.class,
			TimeUnit.class, ChronoUnit.class, RoundingMode.class, ZoneOffset.class, Date.class, OptionalInt.class,
			OptionalLong.class, OptionalDouble.class, byte[].class, short[].class, int[].class, long[].class,
			float[].class, double[].class, char[].class, boolean[].class, String[].class, Object[].class);

	/** The first that fits a value names it. */
	private static final List<Class<?>> KINDS = List.of(ZoneId.class, Optional.class, List.class, SortedSet.class,
			Set.class, Deque.class, SortedMap.class, Map.class, Map.Entry.class);

	private static final Map<String, Class<?>> BY_NAME = byName();

	private JdkValues() {
	}

	private static Map<String, Class<?>> byName() {
		Map<String, Class<?>> byName = new LinkedHashMap<>();
		TYPES.forEach((type) -> byName.put(nameOf(type), type));
		KINDS.forEach((type) -> byName.put(nameOf(type), type));
		TextValue.ALL.forEach((value) -> byName.put(nameOf(value.type()), value.type()));
		return byName;
	}

	private static String nameOf(Class<?> type) {
		return type.getTypeName();
	}

	/**
	 * Returns the type in the table that stands for the objects of a class.
	 * @return the type, {@code null} if the table has none
	 */
	static @Nullable Class<?> typeOf(Class<?> valueClass) {
		if (BY_NAME.get(nameOf(valueClass)) == valueClass) {
			return valueClass;
		}
		TextValue<?> text = TextValue.of(valueClass);
		if (text != null) {
			return text.type();
		}
		for (Class<?> kind : KINDS) {
			if (kind.isAssignableFrom(valueClass) && isOfTheJdk(valueClass)) {
				return kind;
			}
		}
		return null;
	}

	/**
	 * Finds a type by the name that {@link Class#getTypeName()} gives it.
	 * @return the type, {@code null} if the table has none
	 */
	static @Nullable Class<?> named(String name) {
		return BY_NAME.get(name);
	}

	/**
	 * Tells whether the table has values of a type.
	 */
	static boolean hasSome(Class<?> type) {
		return BY_NAME.values().stream().anyMatch(type::isAssignableFrom);
	}

	/**
	 * Returns the types that are no collections.
	 */
	static List<Class<?>> scalars() {
		return TYPES;
	}

	static boolean isScalar(Class<?> type) {
		return TYPES.contains(type);
	}

	static boolean isOfTheJdk(Class<?> type) {
		return type.getName().startsWith("java.");
	}

}
