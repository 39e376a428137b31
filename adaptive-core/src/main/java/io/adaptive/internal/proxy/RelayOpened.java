package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;

/**
 * Confirms the public port of a node.
 *
 * @param host the host under which clients reach the proxy
 * @param port the port
 */
@Message("adaptive.relay-opened")
public record RelayOpened(String host, int port) {
}
