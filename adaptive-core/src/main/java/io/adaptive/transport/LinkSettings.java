package io.adaptive.transport;

import java.time.Duration;

import io.adaptive.wire.Limits;

/**
 * The limits of links over sockets.
 *
 * @param limits what is accepted from the peer
 * @param handshakeTimeout how long a new connection may take to introduce itself
 * @param pingAfter silence after which the peer is asked for a sign of life
 * @param deadAfter silence after which the connection is given up
 */
public record LinkSettings(Limits limits, Duration handshakeTimeout, Duration pingAfter, Duration deadAfter) {

	/** The settled values. */
	public static final LinkSettings DEFAULT = new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10),
			Duration.ofSeconds(5), Duration.ofSeconds(15));

	/**
	 * Checks the times.
	 * @throws IllegalArgumentException if one is below a millisecond, or a connection
	 * would be given up before the peer was asked for a sign of life
	 */
	public LinkSettings {
		checkAtLeastAMillisecond("time for a handshake", handshakeTimeout);
		checkAtLeastAMillisecond("silence before a ping", pingAfter);
		if (deadAfter.compareTo(pingAfter) <= 0) {
			throw new IllegalArgumentException(
					"The silence before a connection is given up is longer than the %d ms before a ping, not %d ms"
						.formatted(pingAfter.toMillis(), deadAfter.toMillis()));
		}
	}

	private static void checkAtLeastAMillisecond(String what, Duration duration) {
		if (duration.toMillis() < 1) {
			throw new IllegalArgumentException("The %s is at least 1 ms, not %s".formatted(what, duration));
		}
	}

}
