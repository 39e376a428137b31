package io.adaptive.server;

import java.util.Set;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * A service that is published.
 */
public interface Publication extends AutoCloseable {

	/** Why the connections of a service end that is taken back. */
	ErrorInfo LEAVING = new ErrorInfo(ErrorCode.UNAVAILABLE, "the service is leaving");

	/**
	 * Returns the service.
	 * @return its name
	 */
	ServiceName service();

	/**
	 * Returns where it is published.
	 * @return the scopes
	 */
	Set<Scope> scopes();

	/**
	 * Takes the service back: it is no longer found, its clients are told, what is in
	 * flight is served within the drain timeout, then its connections are closed. Closing
	 * twice does nothing but wait for the first time to be done.
	 * <p>
	 * On a thread that runs a handler, hook or listener of the node, and on an event
	 * loop, this only begins, since it would wait for itself: the service is no longer
	 * found when it returns, and the rest is done on another thread. A handler that hands
	 * the closing to a thread of its own must not wait for it.
	 */
	@Override
	void close();

}
