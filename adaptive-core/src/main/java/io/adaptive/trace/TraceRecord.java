package io.adaptive.trace;

import java.time.Instant;
import java.util.Objects;

import io.adaptive.internal.trace.MessageText;
import io.adaptive.internal.trace.Printable;
import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;

/**
 * One event of a traced conversation. Texts hold no control characters and have a limited
 * length, whoever made the record.
 *
 * @param token the conversation
 * @param hop the message, a random number
 * @param parentHop the message whose handling sent this one, 0 where there is none
 * @param event what happened
 * @param time when, by the clock of the machine where it happened
 * @param provider the machine where it happened
 * @param service the service that the connection leads to
 * @param connection where the server was reached
 * @param messageType the name of the message's type, empty for an acknowledgement
 * @param text what the message looks like, or the error
 * @param content what kind of thing was sent or taken
 * @param scope how near the other end is
 * @param program the instance where it happened
 * @param peer the instance at the other end
 * @param order counts the records of one program
 */
public record TraceRecord(TraceToken token, long hop, long parentHop, TraceEvent event, Instant time, String provider,
		String service, String connection, String messageType, String text, Content content, Scope scope,
		String program, String peer, long order) {

	/** Years of four digits, which everything can show. */
	private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/**
	 * Limits the texts, and refuses what lacks a part: others send records, too.
	 * @throws IllegalArgumentException if the time is not one of years 1 to 9999
	 */
	public TraceRecord {
		Objects.requireNonNull(token, "token");
		Objects.requireNonNull(event, "event");
		Objects.requireNonNull(content, "content");
		Objects.requireNonNull(scope, "scope");
		if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
			throw new IllegalArgumentException("A trace's records are of years 1 to 9999, not of " + time);
		}
		provider = Printable.limited(provider, 64);
		service = Printable.limited(service, 260);
		connection = Printable.limited(connection, 260);
		messageType = Printable.limited(messageType, 255);
		text = Printable.limited(text, MessageText.MAX_LENGTH);
		program = Printable.limited(program, 90);
		peer = Printable.limited(peer, 90);
	}

	/**
	 * What was sent or taken.
	 */
	public enum Content {

		/** A message. */
		MESSAGE,

		/** The answer of a handler that returns nothing. */
		ACKNOWLEDGEMENT,

		/** An error that travelled. */
		ERROR,

		/** Nothing came, or nothing left; the text says why. */
		FAILURE

	}

}
