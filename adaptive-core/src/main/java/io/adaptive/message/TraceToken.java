package io.adaptive.message;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which traced conversation.
 *
 * @param id the mark that started it
 * @param sequence which of that mark's messages, from 0
 */
public record TraceToken(UUID id, int sequence) {

	private static final Pattern FORM = Pattern
		.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.(\\d{1,9})");

	/**
	 * Checks the parts, which others may have sent.
	 * @throws IllegalArgumentException if the sequence number is negative
	 */
	public TraceToken {
		Objects.requireNonNull(id, "id");
		if (sequence < 0) {
			throw new IllegalArgumentException("The sequence number of a trace is not negative: " + sequence);
		}
	}

	/**
	 * Reads a token.
	 * @param text {@code uuid.sequence}
	 * @return the token
	 * @throws IllegalArgumentException if it is none
	 */
	public static TraceToken parse(String text) {
		Matcher form = FORM.matcher(text);
		if (!form.matches()) {
			throw new IllegalArgumentException(
					"A trace's token is uuid.sequence, such as 30180061-1044-4b9e-a8ee-174806afe058.0, not \"%s\""
						.formatted((text.length() > 64) ? text.substring(0, 64) + "..." : text));
		}
		return new TraceToken(UUID.fromString(form.group(1)), Integer.parseInt(form.group(2)));
	}

	@Override
	public String toString() {
		return this.id + "." + this.sequence;
	}

}
