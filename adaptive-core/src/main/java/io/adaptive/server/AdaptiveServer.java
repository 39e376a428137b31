package io.adaptive.server;

import java.util.List;

/**
 * Publishes services. Made by {@code AdaptiveNode.newServer()}. Safe for use by many
 * threads.
 */
public interface AdaptiveServer extends AutoCloseable {

	/**
	 * Publishes a service, and returns when it can be found. The first service in OS or
	 * LAN scope waits for the node's socket. A name may be published again in a scope
	 * where it is not yet.
	 * @param service the service
	 * @return takes it back
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if this program
	 * publishes the name in one of the scopes
	 * @throws IllegalArgumentException if the service asks for a scope that the node does
	 * not have
	 * @throws IllegalStateException if the node is closed
	 * @throws io.adaptive.message.CannotListenException if the node is to listen on a TCP
	 * port that it cannot have
	 */
	Publication publish(Service service);

	/**
	 * Tells what this server publishes, and what it is taking back.
	 * @return the publications of this moment
	 */
	List<ServiceStatus> services();

	/**
	 * Takes all services back, together within one drain timeout. While its node is open,
	 * the server may publish again afterwards, also the same names. On a thread that runs
	 * a handler, hook or listener of the node, and on an event loop, this only begins:
	 * the rest is done on another thread.
	 */
	@Override
	void close();

}
