package io.adaptive.stream;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;

/**
 * What is known of a connection.
 *
 * @param service the service it leads to
 * @param peer the node at the other end
 * @param endpoint where the server was reached
 */
public record ConnectionInfo(ServiceName service, Instance peer, Endpoint endpoint) {

	/**
	 * Returns the scope in use.
	 * @return the scope
	 */
	public Scope scope() {
		return this.endpoint.scope();
	}

}
