package io.adaptive.internal.wire;

import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;

import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializerBase;

/**
 * Dates of databases as instants in ISO 8601. By itself, Jackson writes a part of them. A
 * class of its own, for programs without the module {@code java.sql}.
 */
final class JacksonSqlTexts {

	private JacksonSqlTexts() {
	}

	static boolean arePresent() {
		return ModuleLayer.boot().findModule("java.sql").isPresent();
	}

	static void addTo(SimpleModule module) {
		JacksonTexts.add(module, Timestamp.class, (text) -> Timestamp.from(Instant.parse(text)));
		JacksonTexts.add(module, Date.class, (text) -> new Date(Instant.parse(text).toEpochMilli()));
		JacksonTexts.add(module, Time.class, (text) -> new Time(Instant.parse(text).toEpochMilli()));
		module.addSerializer(Timestamp.class, new Writer(Timestamp.class));
		module.addSerializer(Date.class, new Writer(Date.class));
		module.addSerializer(Time.class, new Writer(Time.class));
	}

	/**
	 * Writes the instant. Of these classes, only {@link Timestamp} has nanoseconds, and
	 * the others refuse {@link java.util.Date#toInstant()}.
	 */
	@SuppressWarnings("JavaUtilDate")
	private static final class Writer extends ToStringSerializerBase {

		Writer(Class<? extends java.util.Date> type) {
			super(type);
		}

		@Override
		public String valueToString(Object value) {
			return (value instanceof Timestamp stamp) ? stamp.toInstant().toString()
					: Instant.ofEpochMilli(((java.util.Date) value).getTime()).toString();
		}

	}

}
