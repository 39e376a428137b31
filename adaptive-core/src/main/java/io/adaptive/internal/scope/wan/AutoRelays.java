package io.adaptive.internal.scope.wan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.Relays;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.proxy.Relay;
import io.adaptive.internal.proxy.RelayClient;
import io.adaptive.internal.proxy.RelayListener;
import io.adaptive.internal.transport.RelayedPort;
import io.adaptive.message.Endpoint;
import io.adaptive.settings.DiscoveryClock;
import org.jspecify.annotations.Nullable;

/**
 * Automatic relays of a node. With a configured proxy the node is relayed from the start.
 * Otherwise it is relayed for each root registry that cannot reach it, by a gateway of
 * its local network or by the registry itself. There is one route for each registry,
 * opened on demand and left when the registry reaches the node directly.
 */
public final class AutoRelays implements Relays, AutoCloseable {

	private Endpoint.@Nullable Tcp known;

	private final Discovery gateways;

	private final Supplier<AdaptiveClient> clients;

	private final RelayedPort port;

	private final Runnable changed;

	private final Map<Endpoint.Tcp, RelayRoute> routes = new HashMap<>();

	/**
	 * Routes that were left, and stay open for the clients that are connected through
	 * them.
	 */
	private final List<RelayRoute> left = new ArrayList<>();

	private boolean closed;

	/**
	 * Creates the relays.
	 * @param known the configured proxy, {@code null} to find one on demand
	 * @param gateways finds reverse proxies in the local network
	 * @param clients supplies clients that connect to addresses
	 * @param port accepts the clients that connect through proxies
	 * @param changed run after a relay has changed or is lost
	 */
	public AutoRelays(Endpoint.@Nullable Tcp known, Discovery gateways, Supplier<AdaptiveClient> clients,
			RelayedPort port, Runnable changed) {
		this.known = known;
		this.gateways = gateways;
		this.clients = clients;
		this.port = port;
		this.changed = changed;
	}

	/**
	 * Opens a relay at the configured proxy, if there is one.
	 */
	public void start() {
		Endpoint.Tcp proxy = known();
		if (proxy != null) {
			route(proxy);
		}
	}

	/**
	 * Sets the proxy and opens a relay there, unless one is set.
	 * @param proxy the proxy
	 */
	public synchronized void use(Endpoint.Tcp proxy) {
		if (this.known == null && !this.closed) {
			this.known = proxy;
			this.routes.values().forEach(RelayRoute::close);
			this.routes.clear();
			route(proxy);
		}
	}

	private synchronized Endpoint.@Nullable Tcp known() {
		return this.known;
	}

	/**
	 * Returns the address of one relay.
	 * @return one of the relays, empty while no proxy is connected
	 */
	public Optional<Endpoint.Relayed> endpoint() {
		return endpoints().stream().findFirst();
	}

	/**
	 * Returns the addresses of the relays.
	 * @return the relays, empty while no proxy is connected
	 */
	public synchronized List<Endpoint.Relayed> endpoints() {
		return this.routes.values().stream().map(RelayRoute::endpoint).flatMap(Optional::stream).toList();
	}

	@Override
	public List<Endpoint.Relayed> open(Endpoint.Tcp registry) {
		Optional<RelayRoute> route = route(registry);
		route.ifPresent(RelayRoute::start);
		return route.map(RelayRoute::open).orElse(List.of());
	}

	@Override
	public void accepted(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
		route(registry).ifPresent((route) -> route.accepted(relays));
	}

	@Override
	public void refused(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
		route(registry).ifPresent((route) -> route.refused(relays));
	}

	@Override
	public synchronized void notNeeded(Endpoint.Tcp registry) {
		// A configured proxy relays the node for all registries.
		RelayRoute route = (this.known == null) ? this.routes.remove(registry) : null;
		this.left.removeIf(RelayRoute::isEnded);
		if (route != null) {
			this.left.add(route);
			route.leave();
		}
	}

	private synchronized Optional<RelayRoute> route(Endpoint.Tcp registry) {
		Endpoint.Tcp key = (this.known != null) ? this.known : registry;
		return this.closed ? Optional.empty() : Optional.of(this.routes.computeIfAbsent(key, this::newRoute));
	}

	private RelayRoute newRoute(Endpoint.Tcp proxy) {
		return new RelayRoute(proxy, (this.known != null) ? null : this.gateways, this::newRelay, this.changed,
				DiscoveryClock.SYSTEM);
	}

	private Relay newRelay(Supplier<List<Endpoint>> proxies, RelayListener listener) {
		RelayClient started = new RelayClient(this.clients.get(), this.port, proxies, listener);
		started.start();
		return started;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.routes.values().forEach(RelayRoute::close);
		this.routes.clear();
		this.left.forEach(RelayRoute::close);
		this.left.clear();
	}

}
