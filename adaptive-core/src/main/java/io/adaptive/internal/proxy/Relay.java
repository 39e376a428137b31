package io.adaptive.internal.proxy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.adaptive.message.Endpoint;

/**
 * A node's way through a reverse proxy. Safe for use by many threads.
 */
public interface Relay extends AutoCloseable {

	/**
	 * Returns where clients reach the node.
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
	 * Counts the connections of clients through this relay, those included that are being
	 * fetched.
	 * @return the number of this moment
	 */
	int clients();

	/**
	 * Gives the public port back, which ends the connections through it. Closing twice
	 * does nothing.
	 */
	@Override
	void close();

	/**
	 * Makes relays.
	 */
	@FunctionalInterface
	interface Opener {

		/**
		 * Begins to look for a proxy.
		 * @param proxies where reverse proxies may be, the best first; asked before each
		 * attempt
		 * @param listener is told where the node is reached
		 * @return the relay, to be closed by the caller
		 */
		Relay open(Supplier<List<Endpoint>> proxies, RelayListener listener);

	}

}
