package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;
import io.adaptive.internal.wire.RelayToken;

/**
 * Notifies a node of a client at its public port. The node opens a connection to the
 * proxy with the token in its handshake; that connection then belongs to the client.
 *
 * @param high the first 8 bytes of the token, which is valid once and for a short time
 * @param low its last 8 bytes
 */
@Message("adaptive.relay-request")
public record RelayRequest(long high, long low) {

	static RelayRequest of(RelayToken token) {
		return new RelayRequest(token.high(), token.low());
	}

	RelayToken token() {
		return new RelayToken(this.high, this.low);
	}

}
