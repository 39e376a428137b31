package io.adaptive.internal.node;

import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;

import io.adaptive.internal.builtin.root.RootRegistry;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import org.jspecify.annotations.Nullable;

/**
 * Reach of a node: its scopes, its address, and its services for other nodes. Derives the
 * values that were not set from those that were.
 *
 * @param scopes the scopes in which services are published and searched
 * @param named whether the scopes were set explicitly, and are used as they are
 * @param listen the address on which the node listens, {@code null} if it was not set
 * @param ownLan the settings of scope LAN, {@code null} if they were not set
 * @param registries the root registries
 * @param advertise the hosts under which other nodes may reach the node
 * @param rootRegistry the settings of its root registry, {@code null} if it has none
 * @param reverseProxy the settings of its reverse proxy, {@code null} if it has none
 * @param relayProxy the reverse proxy that relays the node, {@code null} if none was set
 */
public record NodeReach(Set<Scope> scopes, boolean named, Endpoint.@Nullable Tcp listen, @Nullable LanSettings ownLan,
		List<Endpoint.Tcp> registries, List<String> advertise, @Nullable RootRegistrySettings rootRegistry,
		@Nullable ReverseProxySettings reverseProxy, Endpoint.@Nullable Tcp relayProxy) {

	/**
	 * Copies the scopes.
	 */
	public NodeReach {
		scopes = Set.copyOf(scopes);
	}

	/**
	 * Returns the reach of a node that publishes and searches in some scopes and has no
	 * other settings.
	 * @param scopes the scopes
	 * @return the reach
	 */
	static NodeReach of(Set<Scope> scopes) {
		return new NodeReach(scopes, true, null, null, List.of(), List.of(), null, null, null);
	}

	/**
	 * Checks that the settings are consistent.
	 * @throws IllegalArgumentException if the node has no scope, or it is relayed or
	 * relays without listening
	 */
	void check() {
		if (this.scopes.isEmpty() && listenAddress() == null) {
			throw new IllegalArgumentException("The node has no scope; give it PROCESS or OS, or let it listen on TCP");
		}
		if ((this.reverseProxy != null || this.relayProxy != null) && listenAddress() == null) {
			throw new IllegalArgumentException("A node that relays or is relayed listens on TCP; tell it where");
		}
	}

	String listenHost() {
		Endpoint.Tcp address = listenAddress();
		return (address != null) ? address.host() : everywhere();
	}

	/**
	 * Returns whether the node uses the explicitly set scopes only.
	 */
	private boolean isExact() {
		return this.named && !this.scopes.isEmpty();
	}

	boolean hasLan() {
		return isExact() ? this.scopes.contains(Scope.LAN) : this.ownLan != null;
	}

	boolean hasWan() {
		return isExact() ? this.scopes.contains(Scope.WAN) : !this.registries.isEmpty();
	}

	/**
	 * Returns whether connections of clients that have the address are accepted. This is
	 * LAN scope without discovery, unless only WAN was set explicitly.
	 */
	boolean isOpenToKnownAddress() {
		return hasLan() || (this.listen != null && !(isExact() && hasWan()));
	}

	/**
	 * Returns whether the node searches LAN and WAN with the settings of other programs
	 * of the machine.
	 */
	boolean searchesAsTold() {
		return !this.named;
	}

	/**
	 * Returns whether LAN or WAN was set explicitly, so that their missing settings come
	 * from other programs of the machine.
	 */
	boolean namesFarScopes() {
		return isExact() && (hasLan() || hasWan());
	}

	/**
	 * Returns whether the node has settings for the other programs of its machine. They
	 * then find its built-in services, even if it publishes no service.
	 */
	boolean isTold() {
		return hasLan() || hasWan() || this.ownLan != null || !this.registries.isEmpty() || this.rootRegistry != null
				|| this.reverseProxy != null || this.relayProxy != null;
	}

	/**
	 * Returns the address on which the node listens on demand, {@code null} if it does
	 * not listen.
	 */
	Endpoint.@Nullable Tcp listenAddress() {
		if (this.listen != null) {
			return this.listen;
		}
		if (this.rootRegistry != null) {
			return new Endpoint.Tcp(everywhere(), RootRegistry.DEFAULT_PORT);
		}
		return (hasLan() || hasWan()) ? new Endpoint.Tcp(everywhere(), 0) : null;
	}

	/**
	 * Returns the wildcard address: of IPv6, which includes IPv4, if the machine has any
	 * such address, else of IPv4.
	 */
	private static String everywhere() {
		try {
			boolean ipv6 = NetworkInterface.networkInterfaces()
				.flatMap(NetworkInterface::inetAddresses)
				.anyMatch(Inet6Address.class::isInstance);
			return ipv6 ? "::" : "0.0.0.0";
		}
		catch (SocketException ex) {
			return "0.0.0.0";
		}
	}

}
