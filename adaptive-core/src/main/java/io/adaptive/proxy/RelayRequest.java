package io.adaptive.proxy;

import io.adaptive.annotation.Message;

/**
 * Tells a node that a client waits at its public port. The node opens a connection to the
 * proxy with the token in its handshake; that connection then belongs to the client.
 *
 * @param token 16 bytes, to be used once and soon
 */
@Message("adaptive.relay-request")
public record RelayRequest(byte[] token) {
}
