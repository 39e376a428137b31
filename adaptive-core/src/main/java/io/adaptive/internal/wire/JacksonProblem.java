package io.adaptive.internal.wire;

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * What Jackson knows of a failure, without its words.
 */
final class JacksonProblem {

	private static final int MAX_VALUE = 100;

	private JacksonProblem() {
	}

	/**
	 * Tells which component it was, and what is wrong with it.
	 * @return the problem in words, {@code null} if nothing is known
	 */
	static @Nullable String of(Throwable failure) {
		JacksonException known = CodecFailure.find(JacksonException.class, failure);
		if (known == null) {
			return null;
		}
		if (CodecFailure.find(StreamConstraintsException.class, failure) != null
				&& String.valueOf(known.getOriginalMessage()).contains("depth")) {
			return CodecFailure.TOO_DEEP;
		}
		String path = path(known);
		String where = path.isEmpty() ? "its content" : "component " + path;
		if (known instanceof InvalidFormatException format) {
			return "%s has the value %s, which is no %s".formatted(where, shortened(format.getValue()),
					format.getTargetType().getTypeName());
		}
		if (known instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
			return "%s is no %s".formatted(where, mismatch.getTargetType().getTypeName());
		}
		return path.isEmpty() ? null : "component %s does not fit".formatted(path);
	}

	/**
	 * Tells which component had no encoding.
	 * @return the problem in words, {@code null} if nothing is known
	 */
	static @Nullable String ofEncoding(Throwable failure) {
		JacksonException known = CodecFailure.find(JacksonException.class, failure);
		String path = (known != null) ? path(known) : "";
		return path.isEmpty() ? null
				: "component %s has a value without an encoding; convert it, or use the codec fory".formatted(path);
	}

	private static String path(JacksonException failure) {
		return failure.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "." + step.getPropertyName()
					: "[%s]".formatted(step.getIndex()))
			.collect(Collectors.joining())
			.replaceFirst("^\\.", "");
	}

	private static String shortened(@Nullable Object value) {
		String text = "\"%s\"".formatted(value);
		return (text.length() <= MAX_VALUE) ? text : text.substring(0, MAX_VALUE) + "...";
	}

}
