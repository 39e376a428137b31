package io.adaptive.message;

import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a traced conversation.
 * 
 * @param id the id of the mark that started the conversation
 * @param sequence the sequence number of the conversation within that mark, from 0
 */
public record TraceToken(UUID id, int sequence) {

	private static final Pattern FORM = Pattern
		.compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.(\\d{1,9})");

	/**
	 * Checks the parts, which may come from a peer.
	 * @throws IllegalArgumentException if the sequence number is negative
	 */
	public TraceToken {
		Objects.requireNonNull(id, "id");
		if (sequence < 0) {
			throw new IllegalArgumentException("The sequence number of a trace is not negative: " + sequence);
		}
	}

	/**
	 * Parses a token.
	 * @param text the token, in the form {@code uuid.sequence}
	 * @return the token
	 * @throws IllegalArgumentException if the text has another form
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
