package io.adaptive.server;

import java.util.Set;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * A published service.
 */
public interface Publication extends AutoCloseable {

	/** The reason with which the connections of an unpublished service are closed. */
	ErrorInfo LEAVING = new ErrorInfo(ErrorCode.UNAVAILABLE, "the service is leaving");

	/**
	 * Returns the name of the service.
	 * @return the name
	 */
	ServiceName service();

	/**
	 * Returns the scopes in which the service is published.
	 * @return the scopes
	 */
	Set<Scope> scopes();

	/**
	 * Unpublishes the service. It is withdrawn from discovery, its clients are notified,
	 * messages in flight are handled within the drain timeout, and then its connections
	 * are closed. Closing again waits until the first call has completed.
	 * <p>
	 * On a thread that runs a handler, hook or listener of the node, and on an event
	 * loop, this method would wait for itself. There it only withdraws the service from
	 * discovery, and unpublishing continues on another thread. A handler that calls this
	 * method on a thread of its own must not wait for it.
	 */
	@Override
	void close();

}
