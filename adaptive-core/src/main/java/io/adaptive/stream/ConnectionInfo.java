package io.adaptive.stream;

import java.net.InetSocketAddress;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection.
 *
 * @param service the service it leads to
 * @param peer the node at the other end
 * @param endpoint where the server was reached
 * @param peerAddress the address of the node at the other end as seen from here,
 * {@code null} where connections have none, which is in PROCESS and OS scope
 */
public record ConnectionInfo(ServiceName service, Instance peer, Endpoint endpoint,
		@Nullable InetSocketAddress peerAddress) {

	/**
	 * Returns the scope in use. A connection to a TCP address that was not discovered is
	 * in LAN scope, wherever the address leads.
	 * @return the scope
	 */
	public Scope scope() {
		return this.endpoint.scope();
	}

}
