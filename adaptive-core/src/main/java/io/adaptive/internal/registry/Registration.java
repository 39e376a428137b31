package io.adaptive.internal.registry;

import java.util.List;
import java.util.Set;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;

/**
 * Registration of one node.
 *
 * @param instance the node
 * @param epoch the number of its lease, never issued twice
 * @param addresses the addresses under which it may be reached, the best first
 * @param services its services
 */
public record Registration(Instance instance, long epoch, List<NodeAddress> addresses, Set<ServiceName> services) {

	/**
	 * Copies the collections.
	 */
	public Registration {
		addresses = List.copyOf(addresses);
		services = Set.copyOf(services);
	}

	/**
	 * Returns the first address under which the registry has reached the node, or the
	 * first one if there is none.
	 * @return the address
	 */
	public NodeAddress provenAddress() {
		return this.addresses.stream().filter(NodeAddress::proven).findFirst().orElse(this.addresses.get(0));
	}

	Registration with(List<NodeAddress> addresses, Set<ServiceName> services) {
		return new Registration(this.instance, this.epoch, addresses, services);
	}

	Registration offering(Set<ServiceName> some) {
		return with(this.addresses, some);
	}

}
