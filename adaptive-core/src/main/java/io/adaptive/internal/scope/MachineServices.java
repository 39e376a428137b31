package io.adaptive.internal.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.adaptive.builtin.ProviderInfo;
import io.adaptive.builtin.RegistryInfo;
import io.adaptive.internal.builtin.ServiceLister;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.server.Service;

/**
 * Services by which a node describes itself to the programs of its machine, the same in
 * PROCESS and OS scope.
 *
 * @param self the node
 * @param discovery the discovery of the node, for the service that lists its instances
 * @param registries supplies the root registries for other programs of the machine
 * @param told whether the node has settings of root registries, so that it publishes them
 */
public record MachineServices(Instance self, Discovery discovery, Supplier<List<Endpoint.Tcp>> registries,
		boolean told) implements Supplier<List<Service>> {

	@Override
	public List<Service> get() {
		List<Service> services = new ArrayList<>(
				List.of(ProviderInfo.of(this.self.provider()), ServiceLister.over(this.discovery)));
		if (this.told) {
			services.add(RegistryInfo.of(this.registries.get()));
		}
		return services;
	}

}
