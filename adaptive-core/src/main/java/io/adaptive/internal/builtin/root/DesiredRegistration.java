package io.adaptive.internal.builtin.root;

import java.util.List;
import java.util.Set;

import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;

/**
 * What a node wants to be registered with.
 *
 * @param services what it offers, nothing to be not registered
 * @param port its TCP port
 * @param hosts under which it may be reached besides the address that a registry sees
 * @param relays reverse proxies that lead to it, none if it is reached itself
 */
record DesiredRegistration(Set<ServiceName> services, int port, AdvertisedHosts hosts, List<Endpoint.Relayed> relays) {

	DesiredRegistration {
		services = Set.copyOf(services);
		relays = List.copyOf(relays);
	}

	/**
	 * Tells whether a node that is registered as another one need only say which services
	 * it offers now.
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
