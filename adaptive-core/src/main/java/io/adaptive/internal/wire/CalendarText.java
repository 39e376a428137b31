package io.adaptive.internal.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/**
 * Calendars as texts: the instant, the id of the time zone, the first day of the week
 * (Sunday is 1), the least number of days in the first week of a year, whether it is
 * lenient, and the instant from which it is Gregorian, as
 * {@code 2026-01-02T03:04:05Z;Europe/Berlin;2;4;true;1582-10-15T00:00:00Z}.
 */
@SuppressWarnings("JavaUtilDate")
final class CalendarText {

	private static final int PARTS = 6;

	private CalendarText() {
	}

	static String of(Calendar calendar) {
		if (calendar.getClass() != GregorianCalendar.class) {
			throw new IllegalArgumentException("it is no " + GregorianCalendar.class.getName());
		}
		return String.join(";", calendar.toInstant().toString(), calendar.getTimeZone().getID(),
				Integer.toString(calendar.getFirstDayOfWeek()), Integer.toString(calendar.getMinimalDaysInFirstWeek()),
				Boolean.toString(calendar.isLenient()),
				((GregorianCalendar) calendar).getGregorianChange().toInstant().toString());
	}

	static Calendar parse(String text) {
		String[] parts = text.split(";", -1);
		if (parts.length != PARTS) {
			throw new IllegalArgumentException("%s has not the %s parts of a calendar".formatted(text, PARTS));
		}
		try {
			GregorianCalendar calendar = new GregorianCalendar(zone(parts[1]));
			calendar.setGregorianChange(new Date(Instant.parse(parts[5]).toEpochMilli()));
			calendar.setFirstDayOfWeek(Integer.parseInt(parts[2]));
			calendar.setMinimalDaysInFirstWeek(Integer.parseInt(parts[3]));
			calendar.setLenient(Boolean.parseBoolean(parts[4]));
			calendar.setTimeInMillis(Instant.parse(parts[0]).toEpochMilli());
			return calendar;
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
	}

	static TimeZone zone(String id) {
		TimeZone zone = TimeZone.getTimeZone(id);
		if (!zone.getID().equals(id)) {
			throw new IllegalArgumentException("there is no time zone %s here".formatted(id));
		}
		return zone;
	}

}
