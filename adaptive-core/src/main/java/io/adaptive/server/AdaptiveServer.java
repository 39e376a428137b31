package io.adaptive.server;

import java.util.List;

/**
 * A server that publishes services. Created by {@code AdaptiveNode.newServer()}.
 * Thread-safe.
 */
public interface AdaptiveServer extends AutoCloseable {

	/**
	 * Publishes a service, and returns when clients can find it. The first publication in
	 * OS or LAN scope waits until the listening socket of the node is bound. A name can
	 * be published again in further scopes.
	 * @param service the service
	 * @return the publication, whose {@code close} unpublishes the service
	 * @throws io.adaptive.message.ServiceAlreadyPublishedException if this program
	 * already publishes the name in one of the scopes
	 * @throws IllegalArgumentException if the service requires a scope that the node does
	 * not have
	 * @throws IllegalStateException if the node is closed
	 * @throws io.adaptive.message.CannotListenException if the node cannot bind its
	 * configured TCP port
	 */
	Publication publish(Service service);

	/**
	 * Returns the status of the services that this server publishes or is draining.
	 * @return the current publications
	 */
	List<ServiceStatus> services();

	/**
	 * Unpublishes all services, together within one drain timeout. While its node is
	 * open, the server can publish again afterwards, including the same names.
	 * <p>
	 * On a thread that runs a handler, hook or listener of the node, and on an event
	 * loop, this method only initiates unpublishing, which then continues on another
	 * thread.
	 */
	@Override
	void close();

}
