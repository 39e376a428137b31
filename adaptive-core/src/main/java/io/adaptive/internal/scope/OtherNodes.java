package io.adaptive.internal.scope;

import java.util.List;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Lookup;

/**
 * Lookup without the services of this node.
 *
 * @param lookup the lookup of all services
 * @param self the node
 */
public record OtherNodes(Lookup lookup, Instance self) implements ForwardingLookup {

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		return this.lookup.find(pattern).stream().filter((each) -> !each.instance().equals(this.self)).toList();
	}

}
