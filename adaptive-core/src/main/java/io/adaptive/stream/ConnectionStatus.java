package io.adaptive.stream;

import java.time.Duration;

/**
 * A snapshot of the status of a connection. Its numbers are read one after the other.
 *
 * @param info the connection and its peer
 * @param side the end of the connection
 * @param open whether messages can be sent
 * @param leaving whether one of the ends shuts down: messages in flight are completed,
 * and no new ones are accepted
 * @param age the time since the connection was opened
 * @param streams the number of open streams, including the default stream
 * @param callsSent the number of calls of this end that wait for an answer
 * @param callsReceived the number of calls of the peer that are being handled
 * @param credit the number of bytes that this end may send until the peer grants more
 * credit; negative after a large message
 * @param blockedStreams the number of streams with messages that wait for credit
 * @param blockedMessages the number of messages that wait for credit
 * @param blockedFor the time that the first of them has waited, zero for none
 */
public record ConnectionStatus(ConnectionInfo info, Side side, boolean open, boolean leaving, Duration age, int streams,
		int callsSent, int callsReceived, long credit, int blockedStreams, int blockedMessages, Duration blockedFor) {

	/**
	 * An end of a connection.
	 */
	public enum Side {

		/** The end that opened the connection. */
		CLIENT,

		/** The end that publishes the service. */
		SERVER

	}

}
