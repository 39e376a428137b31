package io.adaptive.internal.builtin.root;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.discovery.RegistryLink;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceName;

/**
 * Opener of the links of a node to root registries.
 */
public final class RootLinks implements RegistryLink.Opener {

	private final AdaptiveClient client;

	private final Supplier<AdvertisedHosts> hosts;

	private final ReachabilityToken token;

	private final Relays relays;

	/**
	 * Creates the opener.
	 * @param client connects to the registries
	 * @param hosts supplies the hosts under which the node may be reached besides the
	 * addresses that the registries see
	 * @param token proves the identity of the node; its service is published
	 * @param relays opens relays if a registry cannot reach the node
	 */
	public RootLinks(AdaptiveClient client, Supplier<AdvertisedHosts> hosts, ReachabilityToken token, Relays relays) {
		this.client = client;
		this.hosts = hosts;
		this.token = token;
		this.relays = relays;
	}

	@Override
	public RegistryLink open(Endpoint.Tcp address, RegistryLink.RegisteredNode node) {
		RootView view = new RootView(address.host(), (work) -> node.later(RootView.PAUSE, work), node::changed,
				node::gone);
		NodeRegistration registration = new NodeRegistration(address, (ways) -> desired(node, ways), this.relays);
		return new RootLink(address, this.client, this.token, registration, view, node.leases());
	}

	private DesiredRegistration desired(RegistryLink.RegisteredNode node, List<Endpoint.Relayed> ways) {
		Set<ServiceName> services = node.services();
		return services.isEmpty() ? new DesiredRegistration(services, 0, AdvertisedHosts.NONE, List.of())
				: new DesiredRegistration(services, node.port(), this.hosts.get(), ways);
	}

}
