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
 * Writes one line for each change of state: what happened, then {@code key=value} pairs.
 * A person reads the pairs in the text; a program that writes structured logs gets each
 * as a field of its own besides, named {@code adaptive.} and the key. Nothing is logged
 * for a message above {@code TRACE}.
 */
public final class KeyValueLogger {

	private static final String BOUNDARY = KeyValueLogger.class.getName();

	/** A place in the text, with the key of its pair if it has one. */
	private static final Pattern PLACE = Pattern.compile("(?:(\\w+)=\"?)?\\{}");

	private static final String PREFIX = "adaptive.";

	/** For pairs of a name that the thread carries for whoever it works for. */
	private static final String OTHER_PREFIX = "adaptive.event.";

	private final Logger logger;

	private KeyValueLogger(Logger logger) {
		this.logger = logger;
	}

	/**
	 * Makes a logger.
	 * @param type under whose name to log
	 * @return the logger
	 */
	public static KeyValueLogger of(Class<?> type) {
		return new KeyValueLogger(LoggerFactory.getLogger(type));
	}

	/**
	 * Makes a text that somebody else may have written fit for one line.
	 * @param text the text
	 * @return the text with a question mark for each control character and line end
	 */
	public static String printable(String text) {
		return text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]", "?");
	}

	/**
	 * Logs that something does not work and will not by itself.
	 * @param text what happened, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void error(String text, @Nullable Object... values) {
		log(Level.ERROR, text, values);
	}

	/**
	 * Logs that something does not work as it should.
	 * @param text what happened, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void warn(String text, @Nullable Object... values) {
		log(Level.WARN, text, values);
	}

	/**
	 * Logs that a state has changed.
	 * @param text what happened, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void info(String text, @Nullable Object... values) {
		log(Level.INFO, text, values);
	}

	/**
	 * Logs what helps to understand what happened.
	 * @param text what happened, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void debug(String text, @Nullable Object... values) {
		log(Level.DEBUG, text, values);
	}

	/**
	 * Logs what happened to a message.
	 * @param text what happened, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void trace(String text, @Nullable Object... values) {
		log(Level.TRACE, text, values);
	}

	/**
	 * Logs at a level. Never throws: a value or a cause that fails while it is turned
	 * into text is logged by the name of its class.
	 * @param level the level
	 * @param text what happened, with {@code key={}} for each pair
	 * @param values the values, and last the cause if there is one
	 */
	public void log(Level level, String text, @Nullable Object... values) {
		if (!this.logger.isEnabledForLevel(level)) {
			return;
		}
		try {
			write(level, text, values);
		}
		// Texts and causes may be user code, whose caller must not be left waiting.
		catch (Throwable ex) {
			write(level, text, Arrays.stream(values).map(KeyValueLogger::safe).toArray());
		}
	}

	/**
	 * Replaces what may be user code by the name of its class.
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
	 * A logger that knows nothing of pairs would write them into the text, where they are
	 * already.
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
