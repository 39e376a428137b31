package io.adaptive.stream;

import java.time.Duration;

/**
 * A connection at one moment; the numbers are read one after the other.
 *
 * @param info where it leads
 * @param side which end this is
 * @param open whether messages can be sent
 * @param leaving whether one of the ends is leaving: what is in flight goes on, nothing
 * new is taken
 * @param age for how long there is a connection
 * @param streams streams that are open, the default stream included
 * @param callsSent calls of this end that wait for an answer
 * @param callsReceived calls of the peer that are being handled
 * @param credit bytes that this end may send before the peer takes some; below zero after
 * a large message
 * @param blockedStreams streams on which messages wait for the peer to take earlier ones
 * @param blockedMessages how many messages wait there
 * @param blockedFor how long the first of them has waited, zero if none does
 */
public record ConnectionStatus(ConnectionInfo info, Side side, boolean open, boolean leaving, Duration age, int streams,
		int callsSent, int callsReceived, long credit, int blockedStreams, int blockedMessages, Duration blockedFor) {

	/**
	 * An end of a connection.
	 */
	public enum Side {

		/** Has opened the connection. */
		CLIENT,

		/** Publishes the service. */
		SERVER

	}

}
