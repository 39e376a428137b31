package io.adaptive.trace;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.internal.trace.InvalidTraceException;
import io.adaptive.internal.trace.Printable;
import io.adaptive.message.TraceToken;
import org.jspecify.annotations.Nullable;

/**
 * A selection of traces to read.
 *
 * @param id the id of the mark, {@code null} for any
 * @param first the lowest sequence number
 * @param last the highest sequence number
 */
public record TraceSelection(@Nullable UUID id, int first, int last) {

	private static final Pattern FORM = Pattern
		.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})(?:\\.(\\d{1,9})(?:\\.\\.(\\d{1,9}))?)?");

	/**
	 * Parses a selection.
	 * @param text {@code uuid.3}, {@code uuid.0..9}, {@code uuid} or {@code all}
	 * @return the selection
	 * @throws io.adaptive.message.AdaptiveException with code {@code INVALID_ARGUMENT} if
	 * the text has another form
	 */
	public static TraceSelection parse(String text) {
		if (text.equals("all")) {
			return new TraceSelection(null, 0, Integer.MAX_VALUE);
		}
		Matcher form = FORM.matcher(text);
		if (!form.matches()) {
			throw new InvalidTraceException(
					"Traces are read by uuid.3 for one, uuid.0..9 for some, uuid for those of one mark, or all; not by \"%s\""
						.formatted(Printable.limited(text, 64)));
		}
		UUID id = UUID.fromString(form.group(1));
		if (form.group(2) == null) {
			return new TraceSelection(id, 0, Integer.MAX_VALUE);
		}
		int first = Integer.parseInt(form.group(2));
		int last = (form.group(3) != null) ? Integer.parseInt(form.group(3)) : first;
		if (last < first) {
			throw new InvalidTraceException(
					"Traces %s..%s are none; the higher number comes last".formatted(first, last));
		}
		return new TraceSelection(id, first, last);
	}

	/**
	 * Returns whether a trace is selected.
	 * @param token the token of the trace
	 * @return {@code true} if it is selected
	 */
	public boolean contains(TraceToken token) {
		return (this.id == null || this.id.equals(token.id())) && token.sequence() >= this.first
				&& token.sequence() <= this.last;
	}

}
