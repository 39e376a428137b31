package io.adaptive.internal.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.client.Backoff;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.transport.RelayedPort;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ServiceInstance;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

/**
 * Client of reverse proxies for a node that cannot be reached directly. It requests a
 * public port from a proxy, opens a connection for each client that connects to it, and
 * starts again when the proxy or the network has failed. It has a thread of its own.
 */
public final class RelayClient implements Relay {

	private static final KeyValueLogger logger = KeyValueLogger.of(RelayClient.class);

	private static final Duration FIRST_DELAY = Duration.ofMillis(100);

	private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

	private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

	private final AdaptiveClient client;

	private final RelayedPort port;

	private final Supplier<List<Endpoint>> proxies;

	private final RelayListener listener;

	private final Thread thread = DaemonThreads.newThread(this::run, "adaptive-relay");

	/**
	 * Random number that identifies this relay when the node connects to a proxy again.
	 */
	private final long relay = ThreadLocalRandom.current().nextLong();

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable String trouble;

	private volatile Optional<Endpoint.Relayed> endpoint = Optional.empty();

	private volatile Optional<Endpoint> proxy = Optional.empty();

	private final AtomicInteger clients = new AtomicInteger();

	/**
	 * Creates a client, which does nothing before {@link #start}.
	 * @param client opens connections for the node
	 * @param port accepts the clients of the node
	 * @param proxies supplies the endpoints of possible reverse proxies, the best first;
	 * called before each attempt
	 * @param listener receives the endpoint of the relay
	 */
	public RelayClient(AdaptiveClient client, RelayedPort port, Supplier<List<Endpoint>> proxies,
			RelayListener listener) {
		this.client = client;
		this.port = port;
		this.proxies = proxies;
		this.listener = listener;
	}

	/**
	 * Returns the endpoints of instances of {@link ReverseProxy#SERVICE}.
	 * @param instances the found proxies
	 * @return their endpoints, except those in this process
	 */
	public static List<Endpoint> endpointsOf(List<ServiceInstance> instances) {
		return instances.stream()
			.flatMap((instance) -> instance.endpoints().stream())
			.filter((endpoint) -> !(endpoint instanceof Endpoint.InProcess))
			.toList();
	}

	/**
	 * Starts to look for a proxy.
	 */
	public void start() {
		this.thread.start();
	}

	@Override
	public Optional<Endpoint.Relayed> endpoint() {
		return this.endpoint;
	}

	@Override
	public Optional<Endpoint> proxy() {
		return this.proxy;
	}

	@Override
	public int clients() {
		return this.clients.get();
	}

	private boolean isOpen() {
		return this.closed.getCount() > 0;
	}

	private void run() {
		Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY, ThreadLocalRandom.current());
		try {
			do {
				long start = System.nanoTime();
				relay();
				// A proxy that ends each relay at once is no success.
				if (System.nanoTime() - start >= LONGEST_DELAY.toNanos() && this.trouble == null) {
					backoff.reset();
				}
			}
			while (!this.closed.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Opens a relay at the first proxy that accepts, and waits for its end.
	 */
	private void relay() {
		String reason = "no proxy is known";
		for (Endpoint proxy : proxies()) {
			try {
				relay(proxy);
				return;
			}
			catch (RuntimeException ex) {
				reason = String.valueOf(ex.getMessage());
				if (lost(reason)) {
					return;
				}
			}
		}
		if (isOpen() && this.trouble == null) {
			logger.warn("no reverse proxy relays this node, trying again reason=\"{}\"", reason);
			this.trouble = reason;
		}
	}

	private List<Endpoint> proxies() {
		try {
			return this.proxies.get();
		}
		catch (RuntimeException ex) {
			logger.warn("reverse proxies cannot be found", ex);
			return List.of();
		}
	}

	private void relay(Endpoint proxy) {
		try (Connection connection = this.client.connect(proxy, ReverseProxy.SERVICE);
				MessageStream control = connection.newStream()) {
			control.setReceiveTimeout(ANSWER_TIMEOUT);
			RelayOpened opened = control.sendRecv(new OpenRelay(this.relay), RelayOpened.class);
			control.setReceiveTimeout(Duration.ZERO);
			Endpoint.Relayed relayed = new Endpoint.Relayed(new Endpoint.Tcp(opened.host(), opened.port()),
					connection.info().peer());
			logger.info("relayed endpoint={} proxy={}", relayed, proxy);
			this.trouble = null;
			this.proxy = Optional.of(proxy);
			tell(Optional.of(relayed));
			while (isOpen()) {
				fetch(proxy, control.recv(RelayRequest.class), relayed);
			}
		}
	}

	private void fetch(Endpoint proxy, RelayRequest request, Endpoint.Relayed relayed) {
		// Counted from the request on, since opening the connection takes time.
		this.clients.incrementAndGet();
		this.port.fetch(proxy, request.token(), relayed, this.clients).whenComplete((done, error) -> {
			this.clients.decrementAndGet();
			if (error != null) {
				logger.debug("client not fetched proxy={} reason=\"{}\"", proxy, error.getMessage());
			}
		});
	}

	/**
	 * Handles the end of a relay.
	 * @return whether there was a relay
	 */
	private boolean lost(String reason) {
		Optional<Endpoint.Relayed> before = this.endpoint;
		if (before.isEmpty()) {
			return false;
		}
		if (isOpen()) {
			logger.warn("relay lost, trying again endpoint={} reason=\"{}\"", before.get(), reason);
		}
		this.proxy = Optional.empty();
		tell(Optional.empty());
		return true;
	}

	private void tell(Optional<Endpoint.Relayed> endpoint) {
		this.endpoint = endpoint;
		try {
			this.listener.relayed(endpoint);
		}
		catch (RuntimeException ex) {
			logger.warn("listener failed endpoint={}", endpoint, ex);
		}
	}

	@Override
	public void close() {
		this.closed.countDown();
		this.thread.interrupt();
	}

}
