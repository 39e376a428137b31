package io.adaptive.internal.wire;

import java.time.DateTimeException;
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
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.ser.std.ToStringSerializerBase;

/**
 * Reads dates and times from their texts in ISO 8601, and some others from theirs. By
 * itself, Jackson takes numbers for seconds, and drops the time of a date.
 *
 * @param <T> the type
 */
final class JacksonTexts<T> extends StdScalarDeserializer<T> {

	private final transient Function<String, T> parser;

	private JacksonTexts(Class<T> type, Function<String, T> parser) {
		super(type);
		this.parser = parser;
	}

	static SimpleModule addTo(SimpleModule module) {
		add(module, Instant.class, Instant::parse);
		add(module, LocalDate.class, LocalDate::parse);
		add(module, LocalTime.class, LocalTime::parse);
		add(module, LocalDateTime.class, LocalDateTime::parse);
		add(module, OffsetDateTime.class, OffsetDateTime::parse);
		add(module, OffsetTime.class, OffsetTime::parse);
		add(module, ZonedDateTime.class, ZonedDateTime::parse);
		add(module, Duration.class, Duration::parse);
		add(module, Period.class, Period::parse);
		add(module, YearMonth.class, YearMonth::parse);
		add(module, MonthDay.class, MonthDay::parse);
		// By its name, as other enums. By itself, Jackson writes its number.
		add(module, Month.class, Month::valueOf);
		module.addSerializer(Month.class, new ToStringSerializer(Month.class));
		add(module, ZoneId.class, ZoneId::of);
		add(module, ZoneOffset.class, ZoneOffset::of);
		TextValue.ALL.forEach((value) -> module.addSerializer(value.type(), new Writer(value)));
		TextValue.declarable().forEach((type) -> addText(module, type));
		if (JacksonSqlTexts.arePresent()) {
			JacksonSqlTexts.addTo(module);
		}
		add(module, Date.class, (text) -> Date.from(OffsetDateTime.parse(text).toInstant()));
		return module;
	}

	static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parser) {
		module.addDeserializer(type, new JacksonTexts<>(type, parser));
	}

	private static <T> void addText(SimpleModule module, Class<T> type) {
		TextValue<?> value = Objects.requireNonNull(TextValue.of(type));
		add(module, type, (text) -> value.parse(text, type));
	}

	@Override
	public @Nullable T deserialize(JsonParser in, DeserializationContext context) {
		if (!in.hasToken(JsonToken.VALUE_STRING)) {
			context.handleUnexpectedToken(context.constructType(this._valueClass), in);
			return null;
		}
		try {
			return this.parser.apply(in.getString());
		}
		catch (DateTimeException | ArithmeticException | IllegalArgumentException ex) {
			throw context.weirdStringException(in.getString(), this._valueClass, "no text of its kind");
		}
	}

	/**
	 * Writes the values of the table of texts. By itself, Jackson makes files absolute
	 * and changes calendars.
	 */
	private static final class Writer extends ToStringSerializerBase {

		private final transient TextValue<?> value;

		Writer(TextValue<?> value) {
			super(value.type());
			this.value = value;
		}

		@Override
		public String valueToString(Object of) {
			return this.value.textOf(of);
		}

	}

}
