package io.adaptive.internal.builtin.root;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.registry.NodeAddress;
import io.adaptive.internal.registry.Page;
import io.adaptive.internal.registry.Registration;
import io.adaptive.internal.registry.Registry;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.status.RegistrySize;
import io.adaptive.status.RootRegistryStatistics;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ContextStream;
import org.jspecify.annotations.Nullable;

/**
 * Service {@code builtin/rootRegistry}: a {@link Registry} for the nodes of all networks.
 * Requests are validated first; an invalid one is refused with a reason, counted, and has
 * no other effect.
 */
public final class RootRegistry implements AutoCloseable {

	/** Default TCP port of a root registry. */
	public static final int DEFAULT_PORT = 7200;

	/** Name of the service. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "rootRegistry");

	static final int MAX_SERVICES_PER_NODE = 5000;

	private static final int MAX_NODES = 20_000;

	private static final int MAX_SERVICES = 1_000_000;

	private static final int MAX_RELAYS = 4;

	/** Number of nodes that are probed at a time; others wait. */
	private static final int PROVERS = 32;

	private static final int MAX_PROOFS_WAITING = MAX_NODES;

	private static final long TICK_MILLIS = 100;

	private static final KeyValueLogger logger = KeyValueLogger.of(RootRegistry.class);

	private final Registry registry;

	private final Reachability reachability;

	private final Watches watches;

	private final LongSupplier nanoTime;

	private final Refusals refusals;

	/**
	 * Compared by identity: the data of two connections of one node may be equal.
	 */
	private final Map<ConnectionInfo, Registrant> registrants = Collections.synchronizedMap(new IdentityHashMap<>());

	private final Set<Long> verifying = ConcurrentHashMap.newKeySet();

	private final ThreadPoolExecutor provers = new ThreadPoolExecutor(PROVERS, PROVERS, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(MAX_PROOFS_WAITING), DaemonThreads.factory("adaptive-registry-probe"));

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
			DaemonThreads.factory("adaptive-registry-clock"));

	/** The queue contains each watcher once at most. */
	private final ThreadPoolExecutor sender = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
			new LinkedBlockingQueue<>(2 * Watches.MAX), DaemonThreads.factory("adaptive-registry-watch"));

	/**
	 * Opens the registry.
	 * @param settings its settings
	 * @param client connects to nodes before their registration
	 * @param self the node that the registry is part of
	 * @param ownHost supplies the host under which that node reaches its own ports
	 */
	public RootRegistry(RootRegistrySettings settings, AdaptiveClient client, Instance self, Supplier<String> ownHost) {
		this(settings, new DialingProbe(client), self, ownHost, System::nanoTime);
	}

	RootRegistry(RootRegistrySettings settings, ReachabilityProbe probe, Instance self, Supplier<String> ownHost,
			LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.refusals = new Refusals(nanoTime);
		this.registry = new Registry(settings.directory(), settings.times(), nanoTime);
		this.reachability = new Reachability(this.registry, probe, self, ownHost);
		this.watches = new Watches(this.registry, this.sender);
		this.provers.allowCoreThreadTimeOut(true);
		this.sender.allowCoreThreadTimeOut(true);
		this.clock.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Creates the service.
	 * @return the service, for WAN scope
	 */
	public Service service() {
		return Service.named(SERVICE)
			.scopes(Scope.WAN)
			.onConnect((connection) -> this.registrants.put(connection, new Registrant(connection, this.nanoTime)))
			.onDisconnect(this::disconnected)
			.onStreamClose(Watches::streamClosed)
			.handle(RegisterNode.class, (request, stream) -> checked(stream, (from) -> register(request, from)))
			.handle(RenewLease.class, (request, stream) -> checked(stream, (from) -> renew(request, from)))
			.handle(ChangeServices.class, (request, stream) -> checked(stream, (from) -> change(request, from)))
			.handle(UnregisterNode.class, (request, stream) -> checked(stream, (from) -> unregister(request, from)))
			.handle(QueryServices.class, (request, stream) -> checked(stream, (from) -> query(request)))
			.handle(WatchServices.class, this::watch);
	}

	/**
	 * Returns the size of the registry.
	 * @return the numbers of this moment
	 */
	public RegistrySize size() {
		return this.registry.size();
	}

	/**
	 * Counter of the refused requests.
	 * @return the number since the start
	 */
	public long refused() {
		return this.refusals.count();
	}

	/**
	 * Returns the statistics of the registry.
	 * @return the numbers of this moment
	 */
	public RootRegistryStatistics statistics() {
		return new RootRegistryStatistics(size(), this.registry.suspects().size(), this.registry.renewed(),
				this.registry.lost(), refused(), this.registry.writeFailure());
	}

	private Object checked(ContextStream stream, Function<Registrant, Object> handler) {
		try {
			Registrant from = registrant(stream);
			from.request();
			return handler.apply(from);
		}
		catch (AdaptiveException ex) {
			throw this.refusals.add(stream.info(), ex);
		}
	}

	private Registrant registrant(ContextStream stream) {
		Registrant registrant = this.registrants.get(stream.info());
		if (registrant == null) {
			throw new AdaptiveException(ErrorCode.UNAVAILABLE, "The connection has ended");
		}
		return registrant;
	}

	private CompletionStage<?> register(RegisterNode request, Registrant from) {
		Set<ServiceName> services = checkedServices(request.services(), Set.of(), Set.of());
		if (request.hosts().size() > AdvertisedHosts.MAX_HOSTS || request.relays().size() > MAX_RELAYS) {
			throw RegistryForms.invalid("A node may name %s hosts and %s relays, not %s and %s"
				.formatted(AdvertisedHosts.MAX_HOSTS, MAX_RELAYS, request.hosts().size(), request.relays().size()));
		}
		if (request.relays().isEmpty()) {
			request.hosts().forEach((host) -> RegistryForms.address(host, request.port()));
		}
		checkRoom(services.size());
		from.beginRegistration();
		CompletableFuture<NodeRegistered> registered = inBackground(
				() -> this.reachability.prove(from.connection().peer(), from.connection().peerAddress(), request))
			.thenCompose((addresses) -> register(from, addresses, services));
		return registered.whenComplete((done, error) -> {
			from.endRegistration();
			if (error != null && cause(error) instanceof AdaptiveException refused) {
				this.refusals.add(from.connection(), refused);
			}
		});
	}

	private <T> CompletableFuture<T> inBackground(Supplier<T> work) {
		try {
			return CompletableFuture.supplyAsync(work, this.provers);
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(new AdaptiveException(ErrorCode.UNAVAILABLE,
					"The root registry proves %s other nodes first; try again later".formatted(MAX_PROOFS_WAITING)));
		}
	}

	private static Throwable cause(Throwable error) {
		return (error.getCause() != null && !(error instanceof AdaptiveException)) ? error.getCause() : error;
	}

	private CompletableFuture<NodeRegistered> register(Registrant from, List<NodeAddress> addresses,
			Set<ServiceName> services) {
		ConnectionInfo connection = from.connection();
		return this.registry.register(connection.peer(), addresses, services, from).thenApply((registration) -> {
			if (!from.registered(registration.epoch())) {
				this.registry.disconnected(registration.epoch(), from);
			}
			logger.debug("registered node={} epoch={} addresses={} services={}", connection.peer(),
					registration.epoch(), addresses, services.size());
			return new NodeRegistered(registration.epoch(), this.registry.times().lease().toMillis(),
					this.registry.times().renewal().toMillis(), registration.provenAddress().host());
		});
	}

	private static Set<ServiceName> checkedServices(List<String> added, Set<ServiceName> before,
			Set<ServiceName> removed) {
		Set<ServiceName> services = new HashSet<>(before);
		if (added.size() <= MAX_SERVICES_PER_NODE) {
			services.removeAll(removed);
			services.addAll(RegistryForms.services(added));
		}
		if (added.size() > MAX_SERVICES_PER_NODE || services.size() > MAX_SERVICES_PER_NODE) {
			throw RegistryForms.invalid("A node may register %s services, not %s".formatted(MAX_SERVICES_PER_NODE,
					Math.max(added.size(), services.size())));
		}
		return services;
	}

	private void checkRoom(int services) {
		RegistrySize size = this.registry.size();
		if (size.nodes() >= MAX_NODES || size.services() + services > MAX_SERVICES) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED,
					"The root registry is full with %s nodes and %s services; run another one".formatted(size.nodes(),
							size.services()));
		}
	}

	private LeaseRenewed renew(RenewLease request, Registrant from) {
		this.registry.renew(request.epoch(), from);
		return new LeaseRenewed(request.epoch());
	}

	private CompletionStage<LeaseRenewed> change(ChangeServices request, Registrant from) {
		Registration known = this.registry.get(request.epoch(), from);
		if (request.removed().size() > MAX_SERVICES_PER_NODE) {
			throw RegistryForms.invalid("A node has no %s services".formatted(request.removed().size()));
		}
		Set<ServiceName> services = checkedServices(request.added(), known.services(),
				RegistryForms.services(request.removed()));
		checkRoom(Math.max(0, services.size() - known.services().size()));
		return this.registry.change(request.epoch(), services, from)
			.thenApply((done) -> new LeaseRenewed(request.epoch()));
	}

	private CompletionStage<NodeUnregistered> unregister(UnregisterNode request, Registrant from) {
		return this.registry.unregister(request.epoch(), from)
			.thenApply((done) -> new NodeUnregistered(request.epoch()));
	}

	private ServicesFound query(QueryServices request) {
		Page page = this.registry.query(RegistryForms.pattern(request.publisher(), request.name()), request.after(),
				WatchStream.SERVICES_PER_MESSAGE);
		return new ServicesFound(RegistryForms.nodes(page.nodes()), page.next());
	}

	private @Nullable Object watch(WatchServices request, ContextStream stream) {
		WatchStream watcher = this.watches.open(stream);
		try {
			Registrant from = registrant(stream);
			from.request();
			this.watches.begin(request, from, watcher, stream.context());
		}
		catch (AdaptiveException ex) {
			watcher.refuse(this.refusals.add(stream.info(), ex));
		}
		return null;
	}

	private void disconnected(ConnectionInfo connection, ErrorInfo cause) {
		Registrant registrant = this.registrants.remove(connection);
		long epoch = (registrant != null) ? registrant.close() : 0;
		// While the registry itself leaves, a connection may end although its node stays.
		if (registrant != null && epoch != 0 && !cause.equals(Publication.LEAVING)) {
			logger.debug("connection of a node ended node={} cause=\"{}\"", connection.peer(), cause.message());
			this.registry.disconnected(epoch, registrant);
		}
	}

	private void tick() {
		try {
			this.registry.tick();
			this.registry.suspects().forEach(this::verify);
		}
		catch (RuntimeException ex) {
			// An exception would cancel the periodic task, and the expiry of leases.
			logger.error("root registry cannot look for what has run out", ex);
		}
	}

	private void verify(Registration suspect) {
		if (!this.verifying.add(suspect.epoch())) {
			return;
		}
		CompletableFuture<ReachabilityProbe.Outcome> outcome = inBackground(() -> this.reachability.verify(suspect));
		CompletableFuture<?> unused = outcome.whenComplete((found, error) -> {
			if (found != null && found.answer() == ReachabilityProbe.Answer.SOMEBODY_ELSE_OR_NOBODY) {
				this.registry.verifiedGone(suspect.epoch());
			}
			this.clock.schedule(() -> this.verifying.remove(suspect.epoch()), 1, TimeUnit.SECONDS);
		});
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Ends the registry and closes its journal.
	 * @param deadline the limit of the wait for the journal
	 */
	public void close(Deadline deadline) {
		this.clock.shutdownNow();
		this.provers.shutdownNow();
		this.sender.shutdownNow();
		this.registry.close(deadline);
	}

}
