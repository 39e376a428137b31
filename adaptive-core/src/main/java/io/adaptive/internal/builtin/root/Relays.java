package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.message.Endpoint;

/**
 * Finds ways round for a node that a root registry cannot reach. Called on threads that
 * may wait for some seconds.
 */
public interface Relays {

	/** Knows no way round. */
	Relays NONE = (registry) -> List.of();

	/**
	 * Opens ports of reverse proxies that lead to the node, or returns those that are
	 * open.
	 * @param registry the registry that cannot reach the node
	 * @return the ports, none if no proxy is found
	 */
	List<Endpoint.Relayed> open(Endpoint.Tcp registry);

	/**
	 * Tells that a registry has registered the node with relays, so that clients are told
	 * of no others.
	 * @param registry the registry
	 * @param relays what it took
	 */
	default void accepted(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
	}

	/**
	 * Tells that a registry cannot reach the node through relays either, so that others
	 * are to be found.
	 * @param registry the registry
	 * @param relays what it did not take
	 */
	default void refused(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
	}

	/**
	 * Tells that a registry reaches the node without relays, so that clients are told of
	 * none. Those that are open may be closed when no client is connected through them
	 * any more. Must not block.
	 * @param registry the registry
	 */
	default void notNeeded(Endpoint.Tcp registry) {
	}

}
