package io.adaptive.internal.proxy;

import java.util.Optional;

import io.adaptive.message.Endpoint;

/**
 * Listener to the endpoint of a node behind a reverse proxy.
 */
@FunctionalInterface
public interface RelayListener {

	/**
	 * Handles a change or the loss of the endpoint. Called on one thread; until it
	 * returns, no clients are accepted from the proxy.
	 * @param endpoint the endpoint under which clients reach this node, empty while no
	 * proxy is connected
	 */
	void relayed(Optional<Endpoint.Relayed> endpoint);

}
