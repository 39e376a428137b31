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

}
