package io.adaptive.stream;

import java.net.InetSocketAddress;
import java.util.Optional;

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
 * @param scope how near the other end is; LAN over TCP where the client was given the
 * address
 * @param endpoint where the server was reached
 * @param peerAddress the address of the node at the other end as seen from here, which is
 * that of the proxy where a connection is relayed; {@code null} where connections have
 * none, which is in PROCESS and OS scope
 */
public record ConnectionInfo(ServiceName service, Instance peer, Scope scope, Endpoint endpoint,
		@Nullable InetSocketAddress peerAddress) {

	/**
	 * Returns who passes the bytes on.
	 * @return the reverse proxy in between, empty for a direct connection
	 */
	public Optional<Instance> relayedBy() {
		return (this.endpoint instanceof Endpoint.Relayed relayed) ? Optional.of(relayed.by()) : Optional.empty();
	}

}
