package io.adaptive.stream;

import java.net.InetSocketAddress;
import java.util.Optional;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import org.jspecify.annotations.Nullable;

/**
 * Information about a connection.
 *
 * @param service the service of the connection
 * @param peer the node at the other end
 * @param scope the scope of the connection; LAN over TCP if the client used an address
 * @param endpoint the endpoint of the server
 * @param peerAddress the address of the node at the other end, as seen from this end; for
 * a relayed connection that of the proxy; {@code null} in PROCESS and OS scope, which
 * have no addresses
 */
public record ConnectionInfo(ServiceName service, Instance peer, Scope scope, Endpoint endpoint,
		@Nullable InetSocketAddress peerAddress) {

	/**
	 * Returns the reverse proxy that relays the connection.
	 * @return the node of the proxy, empty for a direct connection
	 */
	public Optional<Instance> relayedBy() {
		return (this.endpoint instanceof Endpoint.Relayed relayed) ? Optional.of(relayed.by()) : Optional.empty();
	}

}
