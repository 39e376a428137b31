package io.adaptive.internal.log;

import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logger with one line for each change of state: the event, then {@code key=value} pairs.
 * The pairs are part of the text. A backend for structured logs gets each pair as a
 * separate field, too, named {@code adaptive.} and the key. Messages are logged at level
 * {@code TRACE} only.
 */
public final class KeyValueLogger {

	private static final String BOUNDARY = KeyValueLogger.class.getName();

	/** Placeholder in the text, with the key of its pair if it has one. */
	private static final Pattern PLACE = Pattern.compile("(?:(\\w+)=\"?)?\\{}");

	private static final String PREFIX = "adaptive.";

	/** Prefix of pairs whose usual name is taken by an MDC entry of the thread. */
	private static final String OTHER_PREFIX = "adaptive.event.";

	private final Logger logger;

	private KeyValueLogger(Logger logger) {
		this.logger = logger;
	}

	/**
	 * Creates a logger.
	 * @param type the class whose name the logger has
	 * @return the logger
	 */
	public static KeyValueLogger of(Class<?> type) {
		return new KeyValueLogger(LoggerFactory.getLogger(type));
	}

	/**
	 * Creates a logger whose name is known to users, for a class that does not refer to
	 * the type of that name.
	 * @param name the name, as a rule that of a type for users
	 * @return the logger
	 */
	public static KeyValueLogger named(String name) {
		return new KeyValueLogger(LoggerFactory.getLogger(name));
	}

	/**
	 * Replaces the control characters of an untrusted text, so that it fits one line.
	 * @param text the text
	 * @return the text with a question mark for each control character and line end
	 */
	public static String printable(String text) {
		return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "?");
	}

	/**
	 * Logs an error that persists until it is fixed.
	 * @param text the event, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void error(String text, @Nullable Object... values) {
		log(Level.ERROR, text, values);
	}

	/**
	 * Logs a malfunction that may end by itself.
	 * @param text the event, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void warn(String text, @Nullable Object... values) {
		log(Level.WARN, text, values);
	}

	/**
	 * Logs a change of state.
	 * @param text the event, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void info(String text, @Nullable Object... values) {
		log(Level.INFO, text, values);
	}

	/**
	 * Logs details for diagnosis.
	 * @param text the event, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void debug(String text, @Nullable Object... values) {
		log(Level.DEBUG, text, values);
	}

	/**
	 * Logs an event of a message.
	 * @param text the event, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void trace(String text, @Nullable Object... values) {
		log(Level.TRACE, text, values);
	}

	/**
	 * Logs at a level. Never throws: if a value or a cause fails while it is converted to
	 * text, the names of the classes are logged instead.
	 * @param level the level
	 * @param text the event, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void log(Level level, String text, @Nullable Object... values) {
		if (!this.logger.isEnabledForLevel(level)) {
			return;
		}
		try {
			write(level, text, values);
		}
		// Values and causes may run user code; its failure must not prevent the caller
		// from completing its work.
		catch (Throwable ex) {
			write(level, text, Arrays.stream(values).map(KeyValueLogger::safe).toArray());
		}
	}

	/**
	 * Replaces a value that may run user code by the name of its class.
	 */
	private static @Nullable Object safe(@Nullable Object value) {
		if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		return value.getClass().getName();
	}

	private void write(Level level, String text, @Nullable Object[] values) {
		LoggingEventBuilder line = this.logger.atLevel(level);
		if (line instanceof CallerBoundaryAware aware) {
			aware.setCallerBoundary(BOUNDARY);
		}
		int places = addPairs(line, text, values);
		if (values.length > places && values[values.length - 1] instanceof Throwable cause) {
			LoggingEventBuilder unused = line.setCause(cause);
		}
		line.log(text, Arrays.copyOf(values, places));
	}

	/**
	 * Adds the pairs as fields, and returns the number of placeholders. A logger without
	 * support for fields would append them to the text, which contains them already.
	 */
	private int addPairs(LoggingEventBuilder line, String text, @Nullable Object[] values) {
		boolean structured = this.logger instanceof LoggingEventAware;
		Matcher place = PLACE.matcher(text);
		int places = 0;
		while (places < values.length && place.find()) {
			String key = place.group(1);
			if (structured && key != null) {
				String prefix = (MDC.get(PREFIX + key) != null) ? OTHER_PREFIX : PREFIX;
				LoggingEventBuilder unused = line.addKeyValue(prefix + key, field(values[places]));
			}
			places++;
		}
		return places;
	}

	private static @Nullable Object field(@Nullable Object value) {
		if (value instanceof Collection<?> several) {
			return several.stream().map(String::valueOf).toList();
		}
		return (value == null || value instanceof Number || value instanceof Boolean) ? value : value.toString();
	}

}
