package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.client.Backoff;
import io.adaptive.internal.discovery.LeaseCounters;
import io.adaptive.internal.discovery.RegistryLink;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Link of a node to one root registry. Its thread keeps a connection open and keeps the
 * node registered over it with the desired registration.
 */
final class RootLink implements RegistryLink {

	private static final KeyValueLogger logger = KeyValueLogger.of(RootLink.class);

	private final Endpoint.Tcp address;

	private final AdaptiveClient client;

	private final ReachabilityToken token;

	private final NodeRegistration registration;

	private final RootView view;

	private final LeaseCounters counters;

	private final Thread thread;

	private final Semaphore changed = new Semaphore(0);

	private final Semaphore addressesChanged = new Semaphore(0);

	private final Backoff reconnect = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random());

	private volatile boolean closed;

	private volatile @Nullable String lastError;

	private volatile boolean connected;

	private volatile long since = System.nanoTime();

	/**
	 * Creates a link that is not started.
	 * @param address the address of the registry
	 * @param client connects to it
	 * @param token proves the identity of the node
	 * @param registration the registration of the node
	 * @param view the nodes received from the registry
	 * @param counters the lease counters of the node
	 */
	RootLink(Endpoint.Tcp address, AdaptiveClient client, ReachabilityToken token, NodeRegistration registration,
			RootView view, LeaseCounters counters) {
		this.counters = counters;
		this.address = address;
		this.client = client;
		this.token = token;
		this.registration = registration;
		this.view = view;
		this.thread = DaemonThreads.newThread(this::run, "adaptive-root-" + address.host() + ":" + address.port());
	}

	@Override
	public Endpoint.Tcp address() {
		return this.address;
	}

	@Override
	public void start() {
		this.thread.start();
	}

	@Override
	public void watch(ServicePattern pattern) {
		this.view.watch(pattern);
	}

	@Override
	public void unwatch(ServicePattern pattern) {
		this.view.unwatch(pattern);
	}

	@Override
	public void collect(ServicePattern pattern, Consumer<ServiceInstance> found) {
		this.view.collect(pattern, found);
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern, Duration timeout) {
		return this.view.refresh(pattern, timeout);
	}

	@Override
	public void forget(Instance instance) {
		this.view.forget(instance);
	}

	@Override
	public boolean isConnected() {
		return this.view.isConnected();
	}

	@Override
	public RootRegistryStatus status() {
		return new RootRegistryStatus(this.address, this.connected, Duration.ofNanos(System.nanoTime() - this.since),
				this.lastError, this.registration.status(), this.registration.refusal());
	}

	@Override
	public void servicesChanged() {
		this.changed.release();
	}

	/**
	 * Handles a change of the machine's addresses, which changes the hosts of the node
	 * and may change whether it reaches the registry.
	 */
	@Override
	public void addressesChanged() {
		this.registration.addressesChanged();
		this.addressesChanged.release();
		this.changed.release();
	}

	@Override
	public void relaysChanged() {
		this.registration.relaysChanged();
		this.changed.release();
	}

	private void run() {
		try {
			while (!this.closed) {
				long start = System.nanoTime();
				try (Connection connection = this.client.connect(this.address, RootRegistry.SERVICE)) {
					connected(true, null);
					serve(connection);
				}
				catch (RuntimeException ex) {
					// Any failure: the next attempt may succeed.
					connected(false, (ex instanceof AdaptiveException) ? ex.getMessage() : ex.toString());
					this.view.notReached(ex);
				}
				if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(10)) {
					this.reconnect.reset();
				}
				if (!this.closed) {
					awaitRetry();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits for the next attempt; a change of the addresses ends the wait.
	 */
	private void awaitRetry() throws InterruptedException {
		if (this.addressesChanged.tryAcquire(this.reconnect.next().toNanos(), TimeUnit.NANOSECONDS)) {
			this.addressesChanged.drainPermits();
			this.reconnect.reset();
		}
	}

	private void connected(boolean now, @Nullable String error) {
		boolean first = !now && this.lastError == null;
		boolean before = this.connected;
		if (this.registration.lost() && !this.closed) {
			this.counters.lost();
		}
		this.lastError = (error != null) ? error : this.lastError;
		if (this.connected != now) {
			this.connected = now;
			this.since = System.nanoTime();
		}
		else if (!first) {
			return;
		}
		if (now) {
			logger.info("root registry connected scope=WAN address={}", this.address);
		}
		else if (!this.closed) {
			logger.warn(
					"root registry {}, its last known services remain valid, reconnecting scope=WAN address={} reason=\"{}\"",
					before ? "lost" : "not reached", this.address, KeyValueLogger.printable(String.valueOf(error)));
		}
	}

	private void serve(Connection connection) throws InterruptedException {
		// No message is ever sent there: the receive fails only when the connection is
		// lost.
		CompletableFuture<?> lost = connection.async()
			.recv(RegistryUpdate.class)
			.whenComplete((nothing, error) -> this.changed.release());
		RootSession session = new RootSession(connection, this.token, this.counters);
		this.view.connected(connection);
		try {
			long pause = 0;
			while (!this.closed && connection.isOpen() && !lost.isDone()) {
				this.changed.tryAcquire(pause, TimeUnit.NANOSECONDS);
				this.changed.drainPermits();
				pause = this.registration.keep(session);
				if (this.registration.isAccepted()) {
					this.reconnect.reset();
				}
			}
			if (this.closed) {
				session.unregister();
			}
			else {
				throw new AdaptiveException(ErrorCode.UNAVAILABLE, "root registry of scope WAN: " + reason(lost));
			}
		}
		finally {
			this.view.disconnected();
			lost.cancel(false);
		}
	}

	private static String reason(CompletableFuture<?> lost) {
		try {
			lost.getNow(null);
			return "it is leaving";
		}
		catch (CompletionException | CancellationException ex) {
			return String.valueOf(Objects.requireNonNullElse(ex.getCause(), ex).getMessage());
		}
	}

	@Override
	public void leave() {
		this.closed = true;
		this.changed.release();
		if (!this.connected) {
			this.thread.interrupt();
		}
	}

	@Override
	public void close(Deadline deadline) {
		leave();
		try {
			deadline.join(this.thread);
			this.thread.interrupt();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
