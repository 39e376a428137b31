package io.adaptive.internal.proxy;

import io.adaptive.annotation.Message;

/**
 * Tells a node the public port that it has now.
 *
 * @param host where clients reach the proxy
 * @param port the port
 */
@Message("adaptive.relay-opened")
public record RelayOpened(String host, int port) {
}
