package io.adaptive.message;

import java.util.UUID;

/**
 * Which traced conversation a message belongs to. All that a marking traced has one id,
 * and each message that started a conversation a number of its own.
 *
 * @param id the id of the marking
 * @param sequence which of the messages that it marked, from 0
 */
public record TraceToken(UUID id, int sequence) {

	/**
	 * Checks the number.
	 * @throws IllegalArgumentException if it is negative
	 */
	public TraceToken {
		if (sequence < 0) {
			throw new IllegalArgumentException("The sequence of a trace token is not negative: " + sequence);
		}
	}

	/**
	 * Reads a token.
	 * @param text such as {@code 0b7e1c5a-8f0d-4d6e-9d59-1f6f1a0f4c11.3}
	 * @return the token
	 * @throws IllegalArgumentException if the text is none
	 */
	public static TraceToken parse(String text) {
		int dot = text.indexOf('.');
		try {
			UUID id = UUID.fromString(text.substring(0, Math.max(0, dot)));
			TraceToken token = new TraceToken(id, Integer.parseInt(text.substring(dot + 1)));
			if (token.toString().equalsIgnoreCase(text)) {
				return token;
			}
		}
		catch (IllegalArgumentException ex) {
			// What it says names a part of the text only.
		}
		throw new IllegalArgumentException("\"%s\" is no trace token; one looks like %s".formatted(text,
				new TraceToken(new UUID(0x0b7e1c5a8f0d4d6eL, 0x9d591f6f1a0f4c11L), 3)));
	}

	@Override
	public String toString() {
		return this.id + "." + this.sequence;
	}

}
