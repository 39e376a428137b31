package io.adaptive.internal.scope;

import java.util.List;
import java.util.Optional;

import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;

/**
 * One scope of a node. It opens nothing before it is started, and binds a socket when the
 * first service is announced. Safe for use by many threads.
 */
public interface DiscoveryScope {

	/**
	 * Returns the scope.
	 * @return the scope
	 */
	Scope scope();

	/**
	 * Returns the announcer of the node's services.
	 * @return the announcer, empty for a node that only searches the scope
	 */
	Optional<Announcer> announcer();

	/**
	 * Returns the lookup of services.
	 * @return the lookup, empty for a node that only publishes in the scope
	 */
	Optional<Lookup> lookup();

	/**
	 * Returns the built-in services of the scope, which are published before the first
	 * service of a user.
	 * @return the services
	 */
	List<Service> services();

	/**
	 * Starts to use the network or the file system.
	 */
	default void start() {
	}

	/**
	 * Withdraws the node from the discovery of other nodes, while its services still
	 * answer.
	 */
	default void leave() {
	}

	/**
	 * Closes the scope.
	 * @param deadline the limit of the wait for answers of other nodes and for the end of
	 * sockets
	 */
	default void close(Deadline deadline) {
	}

}
