package io.adaptive.internal.wire;

import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

	/** Each has a class of its own. */
	private static final List<Class<?>> COMMON_CHARSETS = Stream
		.of(StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)
		.<Class<?>>map(Object::getClass)
		.toList();

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
		TextValue.written().forEach((name, type) -> registerText(fory, name, type));
		COMMON_CHARSETS.stream()
			.filter((each) -> !fory.getTypeResolver().isRegistered(each))
			.forEach(
					(each) -> fory.getTypeResolver().registerRuntimeTypeAlias(each, StandardCharsets.UTF_8.getClass()));
	}

	private static <T> void registerText(Fory fory, String name, Class<T> type) {
		TextValue<?> value = Objects.requireNonNull(TextValue.of(type));
		fory.register(type, name);
		fory.registerSerializer(type, (types) -> new Texts<>(types.getConfig(), type, value));
	}

	/**
	 * A value by its text.
	 */
	private static final class Texts<T> extends Serializer<T> {

		private final TextValue<?> value;

		/** What was read is of this class. */
		private final Class<?> wanted;

		Texts(Config config, Class<T> type, TextValue<?> value) {
			super(config, type, false, true);
			this.value = value;
			this.wanted = JdkValues.isOfTheJdk(type) ? type : value.type();
		}

		@Override
		public void write(WriteContext out, T value) {
			out.writeString(this.value.textOf(value));
		}

		@Override
		@SuppressWarnings("unchecked")
		public T read(ReadContext in) {
			return (T) this.value.parse(in.readString(), this.wanted);
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
