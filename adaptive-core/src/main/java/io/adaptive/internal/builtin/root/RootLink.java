package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.client.Backoff;
import io.adaptive.internal.discovery.LeaseCounters;
import io.adaptive.internal.discovery.RegistryLink;
import io.adaptive.internal.log.KeyValueLogger;
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
 * A node's connection to one root registry, with a thread that opens it again and again,
 * and over it keeps the node registered as it wishes to be.
 */
final class RootLink implements RegistryLink {

	private static final KeyValueLogger logger = KeyValueLogger.of(RootLink.class);

	private final Endpoint.Tcp address;

	private final AdaptiveClient client;

	private final ReachabilityToken token;

	private final Function<List<Endpoint.Relayed>, DesiredRegistration> desired;

	private final Relays relays;

	private final RootView view;

	private final LeaseCounters counters;

	private final Thread thread;

	private final Semaphore changed = new Semaphore(0);

	private final Semaphore addressesChanged = new Semaphore(0);

	private final Backoff reconnect = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random());

	private final DirectWay direct = new DirectWay(System::nanoTime, new Random());

	private final RegistrationRefusal refusal = new RegistrationRefusal(System::nanoTime, new Random());

	private List<Endpoint.Relayed> openRelays = List.of();

	private volatile boolean closed;

	private volatile boolean relaysChanged;

	private volatile @Nullable String lastError;

	private volatile boolean registered;

	private volatile boolean connected;

	private volatile long since = System.nanoTime();

	/**
	 * Makes a link that is not started.
	 * @param address where the registry is
	 * @param client connects to it
	 * @param token proves who the node is
	 * @param desired with what the node is to be registered, given the relays that lead
	 * to it
	 * @param relays ways round
	 * @param view what the registry tells
	 * @param counters counts for the node
	 */
	RootLink(Endpoint.Tcp address, AdaptiveClient client, ReachabilityToken token,
			Function<List<Endpoint.Relayed>, DesiredRegistration> desired, Relays relays, RootView view,
			LeaseCounters counters) {
		this.counters = counters;
		this.address = address;
		this.client = client;
		this.token = token;
		this.desired = desired;
		this.relays = relays;
		this.view = view;
		this.thread = new Thread(this::run, "adaptive-root-" + address.host() + ":" + address.port());
		this.thread.setDaemon(true);
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
		String refused = this.refusal.reason();
		RootRegistryStatus.Registration registration = RootRegistryStatus.Registration.PENDING;
		if (refused != null) {
			registration = RootRegistryStatus.Registration.REFUSED;
		}
		else if (this.registered) {
			registration = RootRegistryStatus.Registration.ACCEPTED;
		}
		else if (this.desired.apply(List.of()).services().isEmpty()) {
			registration = RootRegistryStatus.Registration.NOT_NEEDED;
		}
		return new RootRegistryStatus(this.address, this.connected, Duration.ofNanos(System.nanoTime() - this.since),
				this.lastError, registration, refused);
	}

	@Override
	public void servicesChanged() {
		this.changed.release();
	}

	/**
	 * With the addresses changes under which hosts the node is reached, and perhaps
	 * whether it reaches the registry.
	 */
	@Override
	public void addressesChanged() {
		this.direct.addressesChanged();
		this.addressesChanged.release();
		this.changed.release();
	}

	@Override
	public void relaysChanged() {
		this.relaysChanged = true;
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
					// Whatever it is, the next attempt may do better.
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
	 * Waits, but not for what the addresses were before.
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
		if (this.registered && !this.closed) {
			this.counters.lost();
		}
		this.registered = false;
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
		// Nothing is ever sent there: it only fails when the connection is lost.
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
				pause = keepRegistered(session);
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

	/**
	 * Returns for how long there is nothing to do.
	 */
	private long keepRegistered(RootSession session) {
		if (this.relaysChanged) {
			this.relaysChanged = false;
			this.refusal.relaysChanged();
			this.openRelays = this.openRelays.isEmpty() ? List.of() : this.relays.open(this.address);
		}
		DesiredRegistration current = this.desired.apply(this.openRelays);
		try {
			if (session.isBehind(current) && this.refusal.nanosToRetry(current) == 0) {
				session.catchUp(current);
				accepted(session);
			}
			else if (session.isRegistered() && this.direct.nanosToTry() == 0) {
				tryDirect(session);
			}
			else {
				session.renewIfDue();
			}
			this.registered = session.isRegistered();
			return Math.min(
					Math.min(session.isBehind(current) ? this.refusal.nanosToRetry(current) : Long.MAX_VALUE,
							session.nanosToRenewal()),
					session.isRegistered() ? this.direct.nanosToTry() : Long.MAX_VALUE);
		}
		catch (AdaptiveException ex) {
			if (!isRefusal(ex)) {
				throw ex;
			}
			// A relay that works is not given up for what the registry does not know yet.
			if (ex.code() != ErrorCode.NOT_FOUND || !this.refusal.isNotYet(current)) {
				refused(current, ex, session.isRegistered());
			}
			return Math.min(this.refusal.nanosToRetry(this.desired.apply(this.openRelays)), session.nanosToRenewal());
		}
	}

	/**
	 * Asks to be registered without relays. The relays stay open for the clients that are
	 * connected through them, and the registration with them stands if this one is
	 * refused.
	 */
	private void tryDirect(RootSession session) {
		List<Endpoint.Relayed> before = this.openRelays;
		try {
			session.catchUp(this.desired.apply(List.of()));
			if (!session.isRegistered()) {
				return;
			}
			this.openRelays = List.of();
			accepted(session);
			this.relays.notNeeded(this.address);
			logger.info("reached by root={} itself, relays not needed any more={}", this.address, before);
		}
		catch (AdaptiveException ex) {
			// If the connection is lost, the loop sees it.
			this.direct.refused();
			logger.debug("not reached by root={} itself, staying with relays={}", this.address, before, ex);
		}
	}

	private void accepted(RootSession session) {
		if (session.isRegistered() && !this.registered) {
			logger.info("registered root={} services={} relays={}", this.address, session.services().size(),
					this.openRelays);
		}
		this.direct.accepted(!this.openRelays.isEmpty());
		if (!this.openRelays.isEmpty()) {
			this.relays.accepted(this.address, this.openRelays);
		}
		this.refusal.accepted();
		this.reconnect.reset();
	}

	private boolean isRefusal(AdaptiveException failed) {
		return switch (failed.code()) {
			case NOT_FOUND -> !this.openRelays.isEmpty();
			case FAILED_PRECONDITION, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, PERMISSION_DENIED, UNAUTHENTICATED -> true;
			default -> false;
		};
	}

	/**
	 * Tells whether the relays do not work. Those of a node that is refused for another
	 * reason, as by a registry that is full, do.
	 */
	private static boolean isOfRelays(AdaptiveException reason) {
		return reason.code() == ErrorCode.FAILED_PRECONDITION || reason.code() == ErrorCode.NOT_FOUND;
	}

	private void refused(DesiredRegistration desired, AdaptiveException reason, boolean stillRegistered) {
		this.registered = false;
		this.refusal.refused(desired);
		if (reason.code() == ErrorCode.FAILED_PRECONDITION && this.openRelays.isEmpty()) {
			this.openRelays = this.relays.open(this.address);
			if (!this.openRelays.isEmpty()) {
				logger.info("not reached by root={}, trying relays={} reason=\"{}\"", this.address, this.openRelays,
						KeyValueLogger.printable(String.valueOf(reason.getMessage())));
				return;
			}
		}
		else if (!this.openRelays.isEmpty() && isOfRelays(reason)) {
			List<Endpoint.Relayed> worse = this.openRelays;
			this.relays.refused(this.address, worse);
			this.openRelays = stillRegistered ? this.relays.open(this.address) : List.of();
			if (!this.openRelays.isEmpty()) {
				logger.info("relays not taken by root={}, staying with relays={} refused={} reason=\"{}\"",
						this.address, this.openRelays, worse,
						KeyValueLogger.printable(String.valueOf(reason.getMessage())));
				return;
			}
		}
		String text = KeyValueLogger.printable(String.valueOf(reason.getMessage()));
		if (this.refusal.stands(text)) {
			logger.error("registration refused, services of this node are not found in scope WAN root={} reason=\"{}\"",
					this.address, text);
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
