package io.adaptive.internal.builtin.root;

import java.util.List;
import java.util.Set;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;

/**
 * Desired state of a node's registration.
 *
 * @param services the services of the node, empty for no registration
 * @param port its TCP port
 * @param hosts the hosts under which it may be reached besides the address that a
 * registry sees
 * @param relays ports of reverse proxies that lead to the node, empty if it is reached
 * directly
 */
record DesiredRegistration(Set<ServiceName> services, int port, AdvertisedHosts hosts, List<Endpoint.Relayed> relays) {

	DesiredRegistration {
		services = Set.copyOf(services);
		relays = List.copyOf(relays);
	}

	/**
	 * Returns whether the addresses equal those of another registration, so that a change
	 * of services is enough.
	 */
	boolean hasAddressesOf(DesiredRegistration other) {
		return this.port == other.port && this.hosts.equals(other.hosts) && this.relays.equals(other.relays);
	}

	List<String> added(DesiredRegistration since) {
		return this.services.stream()
			.filter((service) -> !since.services.contains(service))
			.map(ServiceName::toString)
			.toList();
	}

	RegisterNode request(ReachabilityToken token) {
		return new RegisterNode(this.port, this.hosts.hosts(), this.hosts.first(),
				this.relays.stream()
					.map((relay) -> new NodeContact("", relay.address().port(), relay.by().provider().value(),
							relay.by().incarnation()))
					.toList(),
				this.services.stream().map(ServiceName::toString).toList(), token.hex());
	}

}
