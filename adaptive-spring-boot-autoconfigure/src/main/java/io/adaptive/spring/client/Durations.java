package io.adaptive.spring.client;

import java.time.Duration;
import java.util.function.Function;

import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Durations in annotations.
 */
final class Durations {

	/** The remedy for an invalid duration. */
	static final String ACTION = "Write a duration such as 500ms, 2s or 1m";

	private Durations() {
	}

	/**
	 * Parses a duration. A number without a unit is in milliseconds.
	 * @param text the text
	 * @param invalid returns the exception for an invalid text
	 */
	static Duration parse(String text, Function<String, RuntimeException> invalid) {
		Duration duration;
		try {
			duration = DurationFormatterUtils.detectAndParse(text);
		}
		catch (IllegalArgumentException ex) {
			throw invalid.apply("no duration: \"%s\"".formatted(text));
		}
		if (duration.isNegative()) {
			throw invalid.apply("negative: \"%s\"".formatted(text));
		}
		return duration;
	}

}
