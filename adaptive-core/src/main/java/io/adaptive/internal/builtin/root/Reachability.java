package io.adaptive.internal.builtin.root;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.adaptive.internal.registry.NodeAddress;
import io.adaptive.internal.registry.Registration;
import io.adaptive.internal.registry.Registry;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import org.jspecify.annotations.Nullable;

/**
 * Verification of the addresses of nodes. The registry connects to two kinds of addresses
 * only, so that no node can make it connect anywhere else: the source address of the node
 * itself, and the proven address of a reverse proxy that is registered or is the
 * registry's own node.
 */
final class Reachability {

	private final Registry registry;

	private final ReachabilityProbe probe;

	private final Instance self;

	private final Supplier<String> ownHost;

	/**
	 * Creates the verification.
	 * @param registry the registry, which contains the reverse proxies
	 * @param probe connects to addresses
	 * @param self the registry's node
	 * @param ownHost supplies the host under which that node reaches its own ports
	 */
	Reachability(Registry registry, ReachabilityProbe probe, Instance self, Supplier<String> ownHost) {
		this.registry = registry;
		this.probe = probe;
		this.self = self;
		this.ownHost = ownHost;
	}

	/**
	 * Proves the addresses of a node before its registration. May block for seconds.
	 * @return the addresses for clients; the proven one is first unless the node prefers
	 * its hosts
	 * @throws AdaptiveException if the node is not reached
	 */
	List<NodeAddress> prove(Instance node, @Nullable InetSocketAddress seen, RegisterNode request) {
		ReachabilityToken token = ReachabilityToken.of(request.token());
		if (!request.relays().isEmpty()) {
			return request.relays().stream().map((relay) -> proveRelay(node, relay, token)).toList();
		}
		if (seen == null) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					"A node registers over TCP, or its address would not be known");
		}
		NodeAddress proven = proveDirect(node, seen.getAddress(), request.port(), token);
		List<NodeAddress> addresses = new ArrayList<>();
		for (String host : request.hosts()) {
			String valid = RegistryForms.address(host, request.port()).host();
			if (!valid.equals(proven.host())) {
				addresses.add(new NodeAddress(valid, request.port(), null, false));
			}
		}
		addresses.add(request.hostsFirst() ? addresses.size() : 0, proven);
		return addresses.stream().distinct().toList();
	}

	private NodeAddress proveDirect(Instance node, InetAddress seen, int port, ReachabilityToken token) {
		Endpoint.Tcp address = RegistryForms.address(seen.getHostAddress(), port);
		ReachabilityProbe.Outcome outcome = this.probe.prove(address, node, token);
		if (outcome.answer() != ReachabilityProbe.Answer.REACHED) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					("The root registry cannot reach node %s at %s, from where it came with the port it listens on: %s. "
							+ "Let the port through to the node, or run a reverse proxy on the gateway of its network")
						.formatted(node, address, outcome.detail()));
		}
		return new NodeAddress(isOwn(seen) ? NodeAddress.REGISTRY_HOST : address.host(), port, null, true);
	}

	private NodeAddress proveRelay(Instance node, NodeContact relay, ReachabilityToken token) {
		Instance by = RegistryForms.instance(relay.relayProvider(), relay.relayIncarnation());
		String host = hostOf(by);
		Endpoint.Tcp address = RegistryForms.address(host.equals(NodeAddress.REGISTRY_HOST) ? this.ownHost.get() : host,
				relay.port());
		ReachabilityProbe.Outcome outcome = this.probe.prove(address, node, token);
		if (outcome.answer() != ReachabilityProbe.Answer.REACHED) {
			throw new AdaptiveException(ErrorCode.FAILED_PRECONDITION,
					("The root registry cannot reach node %s through the reverse proxy %s at %s: %s. Let the ports of the"
							+ " proxy through, or use another one")
						.formatted(node, by, address, outcome.detail()));
		}
		return new NodeAddress(host, relay.port(), by, true);
	}

	private String hostOf(Instance relay) {
		if (relay.equals(this.self)) {
			return NodeAddress.REGISTRY_HOST;
		}
		Registration known = this.registry.find(relay);
		if (known == null || known.provenAddress().relay() != null) {
			// After a restart of the registry the proxy may register a moment later.
			throw new AdaptiveException(ErrorCode.NOT_FOUND,
					("The reverse proxy %s is not known to the root registry as a node that can be reached;"
							+ " let its node register here")
						.formatted(relay));
		}
		return known.provenAddress().host();
	}

	/**
	 * Probes a node that is apparently gone.
	 */
	ReachabilityProbe.Outcome verify(Registration node) {
		NodeAddress proven = node.provenAddress();
		String host = proven.host().equals(NodeAddress.REGISTRY_HOST) ? this.ownHost.get() : proven.host();
		return this.probe.prove(new Endpoint.Tcp(host, proven.port()), node.instance(), null);
	}

	private static boolean isOwn(InetAddress address) {
		try {
			return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
		}
		catch (SocketException ex) {
			// The interfaces cannot be listed; the address is used as it was seen.
			return false;
		}
	}

}
