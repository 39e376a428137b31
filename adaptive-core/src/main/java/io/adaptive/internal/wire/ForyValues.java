package io.adaptive.internal.wire;

import java.io.File;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.apache.fory.Fory;
import org.apache.fory.config.Config;
import org.apache.fory.context.ReadContext;
import org.apache.fory.context.WriteContext;
import org.apache.fory.serializer.Serializer;

/**
 * JDK values that Fory does not know, or would change on their way.
 */
final class ForyValues {

	/** The class of a zone with a name, which the JDK does not show. */
	private static final Class<?> ZONE_REGION = ZoneId.of("Europe/Berlin").getClass();

	private static final List<Class<?>> ENUMS = List.of(DayOfWeek.class, Month.class, TimeUnit.class, ChronoUnit.class,
			RoundingMode.class);

	private ForyValues() {
	}

	static void register(Fory fory) {
		// An instance that has read the type of an enum names its superclass, too.
		fory.register(Enum.class, Enum.class.getName());
		ENUMS.forEach((type) -> fory.register(type, type.getName()));
		fory.register(ZONE_REGION, ZONE_REGION.getName());
		fory.registerSerializer(ZONE_REGION, (types) -> new Zones(types.getConfig()));
		fory.registerSerializer(ZonedDateTime.class, (types) -> new ZonedDateTimes(types.getConfig()));
		fory.registerSerializer(Locale.class, (types) -> new Locales(types.getConfig()));
		registerText(fory, MathContext.class, MathContext::toString, MathContext::new);
		registerText(fory, File.class, File::getPath, File::new);
	}

	private static <T> void registerText(Fory fory, Class<T> type, Function<T, String> text,
			Function<String, T> parser) {
		fory.register(type, type.getName());
		fory.registerSerializer(type, (types) -> new Texts<>(types.getConfig(), type, text, parser));
	}

	/**
	 * A value by its text.
	 */
	private static final class Texts<T> extends Serializer<T> {

		private final Function<T, String> text;

		private final Function<String, T> parser;

		Texts(Config config, Class<T> type, Function<T, String> text, Function<String, T> parser) {
			super(config, type, false, true);
			this.text = text;
			this.parser = parser;
		}

		@Override
		public void write(WriteContext out, T value) {
			out.writeString(this.text.apply(value));
		}

		@Override
		public T read(ReadContext in) {
			return this.parser.apply(in.readString());
		}

	}

	/**
	 * A zone by its id.
	 */
	private static final class Zones extends Serializer<ZoneId> {

		@SuppressWarnings("unchecked")
		Zones(Config config) {
			super(config, (Class<ZoneId>) ZONE_REGION, false, true);
		}

		@Override
		public void write(WriteContext out, ZoneId value) {
			out.writeString(value.getId());
		}

		@Override
		public ZoneId read(ReadContext in) {
			return ZoneId.of(in.readString());
		}

	}

	/**
	 * Local time, offset and zone: the offset tells which of two equal local times it is
	 * when clocks are set back.
	 */
	private static final class ZonedDateTimes extends Serializer<ZonedDateTime> {

		ZonedDateTimes(Config config) {
			super(config, ZonedDateTime.class, false, true);
		}

		@Override
		public void write(WriteContext out, ZonedDateTime value) {
			out.writeString(value.toLocalDateTime().toString());
			out.writeString(value.getOffset().getId());
			out.writeString(value.getZone().getId());
		}

		@Override
		public ZonedDateTime read(ReadContext in) {
			LocalDateTime local = LocalDateTime.parse(in.readString());
			ZoneOffset offset = ZoneOffset.of(in.readString());
			return ZonedDateTime.ofLocal(local, ZoneId.of(in.readString()), offset);
		}

	}

	/**
	 * A locale with script and extensions.
	 */
	private static final class Locales extends Serializer<Locale> {

		Locales(Config config) {
			super(config, Locale.class, false, true);
		}

		@Override
		public void write(WriteContext out, Locale value) {
			String tag = value.toLanguageTag();
			if (!Locale.forLanguageTag(tag).equals(value)) {
				throw new IllegalArgumentException("Locale %s has no language tag".formatted(value));
			}
			out.writeString(tag);
		}

		@Override
		public Locale read(ReadContext in) {
			return Locale.forLanguageTag(in.readString());
		}

	}

}
