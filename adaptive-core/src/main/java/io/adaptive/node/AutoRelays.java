package io.adaptive.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.adaptive.builtin.root.Relays;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.ServiceQuery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.proxy.RelayClient;
import io.adaptive.proxy.ReverseProxy;
import io.adaptive.transport.RelayedPort;
import org.jspecify.annotations.Nullable;

/**
 * Has a node relayed: by the proxy that it was told, from the start; else for a root
 * registry that cannot reach it, by a gateway of its local network or by the registry
 * itself. One relay for each registry, opened when it is needed and kept from then on.
 */
final class AutoRelays implements Relays, AutoCloseable {

	/** A proxy that does not answer sooner is left to the relay, which tries on. */
	private static final long OPENING_SECONDS = 6;

	private static final int MAX_REFUSED = 64;

	private Endpoint.@Nullable Tcp known;

	private final Discovery gateways;

	private final Supplier<AdaptiveClient> clients;

	private final RelayedPort port;

	private final Runnable changed;

	private final Map<Endpoint.Tcp, Route> routes = new HashMap<>();

	private boolean closed;

	/**
	 * Makes relays.
	 * @param known the proxy to use, {@code null} to find one when it is needed
	 * @param gateways finds reverse proxies in the local network
	 * @param clients makes clients that connect to addresses
	 * @param port takes the clients that come through proxies
	 * @param changed called when a relay has changed or is lost
	 */
	AutoRelays(Endpoint.@Nullable Tcp known, Discovery gateways, Supplier<AdaptiveClient> clients, RelayedPort port,
			Runnable changed) {
		this.known = known;
		this.gateways = gateways;
		this.clients = clients;
		this.port = port;
		this.changed = changed;
	}

	/**
	 * Has the node relayed by the proxy that it was told, if it was.
	 */
	void start() {
		Endpoint.Tcp proxy = known();
		if (proxy != null) {
			route(proxy);
		}
	}

	/**
	 * Has the node relayed by a proxy from now on, unless it knows one.
	 * @param proxy the proxy
	 */
	synchronized void use(Endpoint.Tcp proxy) {
		if (this.known == null && !this.closed) {
			this.known = proxy;
			this.routes.values().forEach(Route::close);
			this.routes.clear();
			route(proxy);
		}
	}

	private synchronized Endpoint.@Nullable Tcp known() {
		return this.known;
	}

	/**
	 * Returns where the node is relayed.
	 * @return one of its relays, empty while no proxy is connected
	 */
	Optional<Endpoint.Relayed> endpoint() {
		return endpoints().stream().findFirst();
	}

	synchronized List<Endpoint.Relayed> endpoints() {
		return this.routes.values()
			.stream()
			.map((route) -> route.client().endpoint())
			.flatMap(Optional::stream)
			.toList();
	}

	@Override
	public List<Endpoint.Relayed> open(Endpoint.Tcp registry) {
		return route(registry).map(Route::open).orElse(List.of());
	}

	@Override
	public void refused(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
		route(registry).ifPresent((route) -> route.refused(relays));
	}

	private synchronized Optional<Route> route(Endpoint.Tcp registry) {
		Endpoint.Tcp key = (this.known != null) ? this.known : registry;
		return this.closed ? Optional.empty() : Optional.of(this.routes.computeIfAbsent(key, Route::new));
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.routes.values().forEach(Route::close);
		this.routes.clear();
	}

	/**
	 * The way round for one registry.
	 */
	private final class Route implements AutoCloseable {

		private final Endpoint.Tcp registry;

		private final Semaphore opened = new Semaphore(0);

		/** Gateways that the registry cannot reach either. */
		private final Set<Instance> refused = new HashSet<>();

		private RelayClient client;

		private boolean ended;

		Route(Endpoint.Tcp registry) {
			this.registry = registry;
			this.client = start();
		}

		private RelayClient start() {
			RelayClient started = new RelayClient(AutoRelays.this.clients.get(), AutoRelays.this.port, this::proxies,
					this::relayed);
			started.start();
			return started;
		}

		private List<Endpoint> proxies() {
			Endpoint.Tcp proxy = known();
			if (proxy != null) {
				return List.of(proxy);
			}
			ServiceQuery query = ServiceQuery.of(ServicePattern.of(ReverseProxy.SERVICE));
			AutoRelays.this.gateways.refresh(query);
			List<Endpoint> proxies = new ArrayList<>(RelayClient
				.endpointsOf(AutoRelays.this.gateways.known(query).stream().filter(this::isUsable).toList()));
			proxies.add(this.registry);
			return proxies;
		}

		private synchronized boolean isUsable(ServiceInstance gateway) {
			return !this.refused.contains(gateway.instance());
		}

		private void relayed(Optional<Endpoint.Relayed> endpoint) {
			this.opened.release();
			AutoRelays.this.changed.run();
		}

		private synchronized RelayClient client() {
			return this.client;
		}

		List<Endpoint.Relayed> open() {
			try {
				long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPENING_SECONDS);
				boolean inTime = true;
				while (client().endpoint().isEmpty() && inTime) {
					inTime = this.opened.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				this.opened.drainPermits();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return client().endpoint().stream().toList();
		}

		synchronized void refused(List<Endpoint.Relayed> relays) {
			if (known() != null || this.ended) {
				return;
			}
			if (this.refused.size() >= MAX_REFUSED) {
				this.refused.clear();
			}
			relays.forEach((relay) -> this.refused.add(relay.by()));
			this.client.close();
			this.client = start();
		}

		@Override
		public synchronized void close() {
			this.ended = true;
			this.client.close();
		}

	}

}
