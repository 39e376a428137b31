package io.adaptive.internal.proxy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.adaptive.message.Endpoint;

/**
 * Relay of a node through a reverse proxy. Safe for use by many threads.
 */
public interface Relay extends AutoCloseable {

	/**
	 * Returns the address under which clients reach the node.
	 * @return the endpoint, empty while no proxy is connected
	 */
	Optional<Endpoint.Relayed> endpoint();

	/**
	 * Returns the proxy.
	 * @return the address at which this node has reached it, empty while no proxy is
	 * connected
	 */
	Optional<Endpoint> proxy();

	/**
	 * Returns the number of client connections through this relay, including those that
	 * are being opened.
	 * @return the number of this moment
	 */
	int clients();

	/**
	 * Releases the public port, which ends the connections through it. Closing twice does
	 * nothing.
	 */
	@Override
	void close();

	/**
	 * Opener of relays.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * Starts to look for a proxy.
		 * @param proxies supplies the endpoints of possible reverse proxies, the best
		 * first; called before each attempt
		 * @param listener receives the endpoint of the relay
		 * @return the relay, to be closed by the caller
		 */
		Relay open(Supplier<List<Endpoint>> proxies, RelayListener listener);

	}

}
