package io.adaptive.internal.builtin.root;

import java.util.List;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.scope.wan.Registries;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Endpoint;

/**
 * Registries of nodes that nothing proves, for tests that decide what is reached.
 */
final class TestRegistries {

	private TestRegistries() {
	}

	/**
	 * Makes the registries of a node that advertises no hosts.
	 */
	static Registries of(List<Endpoint.Tcp> roots, AdaptiveClient client, TcpPort port, OwnAddresses addresses,
			Relays relays) {
		Registries registries = new Registries(
				new RootLinks(client, () -> AdvertisedHosts.NONE, ReachabilityToken.random(), relays), port, addresses);
		registries.add(roots);
		return registries;
	}

}
