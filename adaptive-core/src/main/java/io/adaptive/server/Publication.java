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
	 * twice does nothing.
	 */
	@Override
	void close();

}
