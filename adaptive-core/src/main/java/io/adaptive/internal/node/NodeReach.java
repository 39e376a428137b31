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
 * How far a node is seen and sees: its scopes, where it listens, and what it does for
 * other nodes. Decides what follows from what was set and what was not.
 *
 * @param scopes where services are published and searched
 * @param named whether the scopes were named, and hold as they are
 * @param listen where the node listens, {@code null} if that was not set
 * @param ownLan how the node takes part in LAN, {@code null} if that was not set
 * @param registries the root registries
 * @param advertise under which hosts others may reach the node
 * @param rootRegistry how the node is a root registry, {@code null} if it is none
 * @param reverseProxy how the node is a reverse proxy, {@code null} if it is none
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
	 * A node that publishes and searches in some scopes and nothing else.
	 * @param scopes the scopes
	 * @return how far it is seen
	 */
	static NodeReach of(Set<Scope> scopes) {
		return new NodeReach(scopes, true, null, null, List.of(), List.of(), null, null, null);
	}

	/**
	 * Checks that the node can be reached as far as it is to be.
	 * @throws IllegalArgumentException if there is no scope, or what is relayed or relays
	 * does not listen
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
	 * Tells whether the node takes part in no scope but those that were named.
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
	 * Tells whether connections are accepted of programs that know the address: that is
	 * what LAN scope is without a search, unless only WAN was named.
	 */
	boolean isOpenToKnownAddress() {
		return hasLan() || (this.listen != null && !(isExact() && hasWan()));
	}

	/**
	 * Tells whether the node searches LAN and WAN by what the machine was told.
	 */
	boolean searchesAsTold() {
		return !this.named;
	}

	/**
	 * Tells whether LAN or WAN was named, so that what is not set for them comes from the
	 * machine.
	 */
	boolean namesFarScopes() {
		return isExact() && (hasLan() || hasWan());
	}

	/**
	 * Tells whether the node was given something that concerns the other programs of its
	 * machine, which then find its built-in services although it publishes nothing.
	 */
	boolean isTold() {
		return hasLan() || hasWan() || this.ownLan != null || !this.registries.isEmpty() || this.rootRegistry != null
				|| this.reverseProxy != null || this.relayProxy != null;
	}

	/**
	 * Returns where the node listens once it has to, {@code null} if it does not.
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
	 * All addresses of IPv4, and those of IPv6 if the machine has any.
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
