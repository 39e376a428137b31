package io.adaptive.boot.autoconfigure;

import java.util.List;

import io.adaptive.internal.builtin.root.RootRegistry;
import io.adaptive.message.Endpoint;
import io.adaptive.node.AdaptiveNodeBuilder;
import org.jspecify.annotations.Nullable;

/**
 * TCP address at which the services can be reached. Without host and port, no TCP port is
 * opened.
 *
 * @param host Address of this machine to listen on, or 0.0.0.0 for all addresses. Every
 * host that can reach the address can use the services. By default, the loopback, which
 * only this machine can reach.
 * @param port Port to listen on; 0 for any free port. By default, any free port if a host
 * is set.
 * @param advertisedHosts Host names or addresses at which other machines can reach this
 * one, such as that of the host of a container. By default, the addresses of all network
 * interfaces, and the address that a registry observes.
 * @param relayedBy Host of a reverse proxy that relays the services, with a port if it is
 * not 7200. By default, a proxy offered by a root registry or in the local network is
 * used if needed.
 */
public record ListenProperties(@Nullable String host, @Nullable Integer port, @Nullable List<String> advertisedHosts,
		@Nullable String relayedBy) {

	public ListenProperties {
		new Endpoint.Tcp((host != null) ? host : "localhost", (port != null) ? port : 0);
		OptionalList.orNone(advertisedHosts).forEach((each) -> new Endpoint.Tcp(each, 0));
		if (relayedBy != null) {
			proxy(relayedBy);
		}
	}

	Endpoint.@Nullable Tcp proxy() {
		return (this.relayedBy != null) ? proxy(this.relayedBy) : null;
	}

	private static Endpoint.Tcp proxy(String address) {
		return InvalidAddressException.parse("adaptive.listen.relayed-by", address, RootRegistry.DEFAULT_PORT,
				AdaptiveNodeBuilder::checkRelayProxy);
	}

	boolean isWanted() {
		return this.host != null || this.port != null;
	}

}
