package io.adaptive.trace;

import java.time.Instant;
import java.util.Objects;

import io.adaptive.internal.trace.MessageText;
import io.adaptive.internal.trace.Printable;
import io.adaptive.message.Scope;
import io.adaptive.message.TraceToken;

/**
 * One event of a traced conversation. Texts contain no control characters and are limited
 * in length, including those received from peers.
 *
 * @param token the token of the conversation
 * @param hop the id of the message, a random number
 * @param parentHop the id of the message whose handler sent this one, 0 for none
 * @param event the kind of event
 * @param time the time of the event, by the clock of its machine
 * @param provider the provider id of the machine of the event
 * @param service the service of the connection
 * @param connection the endpoint of the server
 * @param messageType the name of the message type, empty for an acknowledgement
 * @param text the content of the message as text, or the error
 * @param content the kind of content
 * @param scope the scope of the connection
 * @param program the instance in which the event happened
 * @param peer the instance at the other end
 * @param order the sequence number of the record in its program
 */
public record TraceRecord(TraceToken token, long hop, long parentHop, TraceEvent event, Instant time, String provider,
		String service, String connection, String messageType, String text, Content content, Scope scope,
		String program, String peer, long order) {

	/** Years of four digits, which all output formats can represent. */
	private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/**
	 * Truncates the texts and checks the parts, because records also come from peers.
	 * @throws IllegalArgumentException if the year of the time is not 1 to 9999
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
	 * The kind of content that was sent or received.
	 */
	public enum Content {

		/** A message. */
		MESSAGE,

		/** The acknowledgement of a handler without a return value. */
		ACKNOWLEDGEMENT,

		/** An error, sent in place of a message. */
		ERROR,

		/** Nothing was received or sent; the text contains the reason. */
		FAILURE

	}

}
