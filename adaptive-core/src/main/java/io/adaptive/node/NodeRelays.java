package io.adaptive.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.builtin.Relays;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.proxy.RelayClient;
import io.adaptive.proxy.ReverseProxy;
import io.adaptive.transport.RelayedPort;
import org.jspecify.annotations.Nullable;

/**
 * The way round to a node: one public port at a reverse proxy, from when it is told where
 * a proxy is, or first needs one because a root registry cannot reach it. Then it looks
 * for a gateway in its local networks, and if there is none, asks the registry itself.
 */
final class NodeRelays implements Relays, AutoCloseable {

	/** Less than a registry waits for a sign of life. */
	private static final Duration OPENING = Duration.ofSeconds(3);

	/** After so many the first may have changed their mind. */
	private static final int MAX_REFUSED = 64;

	private final Instance self;

	private final Endpoint.@Nullable Tcp known;

	private final RelayedPort port;

	private final Set<Endpoint.Tcp> registries = new CopyOnWriteArraySet<>();

	private final Set<Instance> refusedGateways = new CopyOnWriteArraySet<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition told = this.lock.newCondition();

	private @Nullable Started started;

	private boolean closed;

	/**
	 * Makes relays that are not needed yet.
	 * @param self the node
	 * @param known where the proxy is, {@code null} to find one
	 * @param port takes the node's clients
	 */
	NodeRelays(Instance self, Endpoint.@Nullable Tcp known, RelayedPort port) {
		this.self = self;
		this.known = known;
		this.port = port;
	}

	/**
	 * Gets what could not be had before.
	 * @param client finds proxies and connects to them
	 * @param changed called after the public port has changed
	 */
	void start(AdaptiveClient client, Runnable changed) {
		this.lock.lock();
		try {
			RelayClient relays = new RelayClient(client, this.port, () -> proxies(client), (endpoint) -> {
				signal();
				changed.run();
			});
			this.started = new Started(relays);
			if (this.known != null || !this.registries.isEmpty()) {
				begin(this.started);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void begin(Started current) {
		if (!this.closed && !current.running) {
			current.running = true;
			current.relays.start();
		}
	}

	private void signal() {
		this.lock.lock();
		try {
			this.told.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<Endpoint> proxies(AdaptiveClient client) {
		if (this.known != null) {
			return List.of(this.known);
		}
		List<Endpoint> proxies = new ArrayList<>(RelayClient.endpointsOf(gateways(client)));
		proxies.addAll(this.registries);
		return proxies;
	}

	private List<ServiceInstance> gateways(AdaptiveClient client) {
		return client.list(ServicePattern.of(ReverseProxy.SERVICE))
			.stream()
			.filter((proxy) -> proxy.scope() == Scope.LAN && !proxy.instance().equals(this.self)
					&& !this.refusedGateways.contains(proxy.instance()))
			.toList();
	}

	@Override
	public List<Endpoint.Relayed> open(Endpoint.Tcp registry) {
		this.registries.add(registry);
		this.lock.lock();
		try {
			Started current = this.started;
			if (current == null) {
				return List.of();
			}
			begin(current);
			long left = OPENING.toNanos();
			while (current.relays.endpoint().isEmpty() && left > 0) {
				left = this.told.awaitNanos(left);
			}
			return current.relays.endpoint().map(List::of).orElse(List.of());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Gives a gateway up that a registry does not accept, once, so that two registries do
	 * not send the node to and fro.
	 */
	@Override
	public void refused(List<Endpoint.Relayed> refused) {
		this.lock.lock();
		try {
			Started current = this.started;
			if (this.refusedGateways.size() >= MAX_REFUSED) {
				this.refusedGateways.clear();
			}
			boolean isNew = refused.stream().filter((each) -> this.refusedGateways.add(each.by())).count() > 0;
			if (isNew && current != null && this.known == null) {
				current.relays.lookAgain();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	Optional<Endpoint.Relayed> endpoint() {
		this.lock.lock();
		try {
			return Optional.ofNullable(this.started).flatMap((current) -> current.relays.endpoint());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			if (this.started != null) {
				this.started.relays.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static final class Started {

		private final RelayClient relays;

		private boolean running;

		Started(RelayClient relays) {
			this.relays = relays;
		}

	}

}
