package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.message.Endpoint;

/**
 * Relays for a node that a root registry cannot reach. Called on threads that may wait
 * for some seconds.
 */
public interface Relays {

	/** No relays. */
	Relays NONE = (registry) -> List.of();

	/**
	 * Opens ports of reverse proxies that lead to the node, or returns those that are
	 * open.
	 * @param registry the registry that cannot reach the node
	 * @return the ports, empty if no proxy is found
	 */
	List<Endpoint.Relayed> open(Endpoint.Tcp registry);

	/**
	 * Handles the registration of the node with relays; from now on clients get only
	 * these.
	 * @param registry the registry
	 * @param relays the accepted relays
	 */
	default void accepted(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
	}

	/**
	 * Handles the refusal of a registry that cannot reach the node through the relays, so
	 * that others are needed.
	 * @param registry the registry
	 * @param relays the refused relays
	 */
	default void refused(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
	}

	/**
	 * Handles a registry that reaches the node directly, so that clients get no relays.
	 * Those that are open may be closed when no client is connected through them. Must
	 * not block.
	 * @param registry the registry
	 */
	default void notNeeded(Endpoint.Tcp registry) {
	}

}
