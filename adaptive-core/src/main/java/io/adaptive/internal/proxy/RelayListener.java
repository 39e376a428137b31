package io.adaptive.internal.proxy;

import java.util.Optional;

import io.adaptive.message.Endpoint;

/**
 * Is told where a node behind a reverse proxy is reached.
 */
@FunctionalInterface
public interface RelayListener {

	/**
	 * The endpoint has changed, or is lost. Called on one thread; while it runs nothing
	 * is fetched from the proxy.
	 * @param endpoint where clients reach this node now, empty while no proxy is
	 * connected
	 */
	void relayed(Optional<Endpoint.Relayed> endpoint);

}
