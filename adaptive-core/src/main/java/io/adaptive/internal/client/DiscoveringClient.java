package io.adaptive.internal.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ConnectionListener;
import io.adaptive.client.Selection;
import io.adaptive.client.ServiceWatch;
import io.adaptive.client.Watch;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.message.TimeRange;
import io.adaptive.internal.stream.CheckedDemand;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.raw.RawConnection;
import io.adaptive.status.ServiceQuery;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The {@link AdaptiveClient} of a node.
 */
public final class DiscoveringClient implements AdaptiveClient {

	static final ConnectionListener NOBODY = new ConnectionListener() {
	};

	private static final TimeRange DISCOVER_TIMEOUT = new TimeRange("time to wait for a service", Duration.ZERO,
			TimeRange.UNLIMITED);

	private final Discovery discovery;

	private final Connector connector;

	private final Probes probes;

	private final CompletableFuture<?> stop;

	private final Settings settings;

	/**
	 * Creates the client of a node.
	 * @param discovery finds instances
	 * @param dialer opens links to them
	 * @param connections the node's open connections
	 * @param callbacks executor for the dependent stages of futures
	 * @param telemetry the tracer and the observer of messages
	 * @param stop ends all waiting when it completes
	 */
	public DiscoveringClient(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			ConnectionTelemetry telemetry, CompletableFuture<?> stop) {
		this(discovery, dialer, connections, callbacks, telemetry, ReceiveBudget.unlimited(), stop);
	}

	/**
	 * Creates the client of a node.
	 * @param discovery finds instances
	 * @param dialer opens links to them
	 * @param connections the node's open connections
	 * @param callbacks executor for the dependent stages of futures
	 * @param telemetry the tracer and the observer of messages
	 * @param budget the receive budget of the node
	 * @param stop ends all waiting when it completes
	 */
	public DiscoveringClient(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget, CompletableFuture<?> stop) {
		this.discovery = discovery;
		this.connector = new Connector(discovery, dialer, connections, callbacks, telemetry, budget);
		this.probes = new Probes(this.connector, discovery.clock()::nanoTime);
		this.stop = stop;
		this.settings = Settings.DEFAULT;
	}

	private DiscoveringClient(DiscoveringClient other, Settings settings) {
		this(other, settings, other.connector);
	}

	private DiscoveringClient(DiscoveringClient other, Settings settings, Connector connector) {
		this.discovery = other.discovery;
		this.connector = connector;
		this.probes = other.probes;
		this.stop = other.stop;
		this.settings = settings;
	}

	/**
	 * Checks a timeout for discovering a service.
	 * @param timeout the time to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is negative
	 */
	public static Duration checkTimeout(Duration timeout) {
		return DISCOVER_TIMEOUT.check(timeout);
	}

	@Override
	public DiscoveringClient discoverTimeout(Duration timeout) {
		return new DiscoveringClient(this, new Settings(checkTimeout(timeout), this.settings.providers,
				this.settings.scopes, this.settings.selection, this.settings.calls, this.settings.purpose));
	}

	@Override
	public DiscoveringClient providers(ProviderId... providers) {
		return new DiscoveringClient(this, new Settings(this.settings.discoverTimeout, Set.of(providers),
				this.settings.scopes, this.settings.selection, this.settings.calls, this.settings.purpose));
	}

	@Override
	public DiscoveringClient scopes(Scope... scopes) {
		return new DiscoveringClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				Set.of(scopes), this.settings.selection, this.settings.calls, this.settings.purpose));
	}

	@Override
	public DiscoveringClient calls(CallSettings calls) {
		return new DiscoveringClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				this.settings.scopes, this.settings.selection, calls, this.settings.purpose));
	}

	@Override
	public DiscoveringClient selection(Selection selection) {
		return new DiscoveringClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				this.settings.scopes, selection, this.settings.calls, this.settings.purpose));
	}

	@Override
	public DiscoveringClient copyInProcess(boolean copy) {
		return new DiscoveringClient(this, this.settings, this.connector.copying(copy));
	}

	@Override
	public DiscoveringClient purpose(String purpose) {
		return new DiscoveringClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				this.settings.scopes, this.settings.selection, this.settings.calls, purpose));
	}

	@Override
	public Connection discover(String publisher, String name) {
		return discover(new ServiceName(publisher, name));
	}

	@Override
	public Connection discover(ServiceName service) {
		return within(CallDeadline.after(null)).discover(service, this.stop);
	}

	MultiplexedConnection discover(ServiceName service, CompletableFuture<?> stop) {
		ServiceQuery query = query(ServicePattern.of(service));
		return CancellableSearch.run(stop, (either) -> {
			if (this.settings.selection != Selection.random() && this.discovery.known(query).isEmpty()) {
				// A selection needs all instances, not only the first that answers.
				this.discovery.refresh(query, either);
			}
			return this.discovery.find(query, this.settings.purpose, this.settings.discoverTimeout, either,
					this::connectOne);
		});
	}

	@Override
	public List<Connection> discoverAll(ServicePattern pattern) {
		return within(CallDeadline.after(null)).discoverAll(query(pattern));
	}

	private List<Connection> discoverAll(ServiceQuery query) {
		return CancellableSearch.run(this.stop, (either) -> {
			this.discovery.refresh(query, either);
			return this.discovery.find(query, this.settings.purpose, this.settings.discoverTimeout, either,
					this::connectAll);
		});
	}

	@Override
	public List<ServiceInstance> list(ServicePattern pattern) {
		ServiceQuery query = query(pattern);
		return CancellableSearch.run(this.stop, (either) -> {
			this.discovery.refresh(query, either);
			PropagatedContext.checkCancelled();
			return this.discovery.known(query);
		});
	}

	@Override
	public ServiceWatch watch(ServicePattern pattern) {
		return new BlockingServiceWatch(this.discovery.watch(query(pattern), this.stop), this.discovery.clock(),
				this.stop);
	}

	@Override
	public Watch watch(ServicePattern pattern, Consumer<ServiceEvent> listener) {
		WatchPump pump = pump(pattern, listener);
		pump.request(Long.MAX_VALUE);
		return pump::close;
	}

	@Override
	public Flux<ServiceEvent> changes(ServicePattern pattern) {
		return CheckedDemand.of(Flux.create((sink) -> {
			WatchPump pump = pump(pattern, sink::next);
			sink.onDispose(pump::close);
			sink.onRequest(pump::request);
		}));
	}

	private WatchPump pump(ServicePattern pattern, Consumer<ServiceEvent> consumer) {
		return new WatchPump(this.discovery.watch(query(pattern), this.stop), callbacks(),
				(work) -> this.connector.later(WatchPump.PAUSE, work), consumer);
	}

	@Override
	public Connection lazy(ServiceName service) {
		return lazy(service, NOBODY);
	}

	@Override
	public Connection lazy(ServiceName service, ConnectionListener listener) {
		return lazy(new ServiceTarget(this, service), listener);
	}

	@Override
	public Connection lazy(ServiceInstance instance, ConnectionListener listener) {
		return lazy(new InstanceTarget(this.connector, instance), listener);
	}

	private Connection lazy(Target target, ConnectionListener listener) {
		return new ReconnectingConnection(new CurrentConnection(target, this.stop, listener), this.settings.calls);
	}

	@Override
	public Connection connect(Endpoint endpoint, ServiceName service) {
		return this.connector.connect(endpoint, service);
	}

	@Override
	public Connection connect(ServiceInstance instance) {
		return this.connector.connect(instance);
	}

	@Override
	public RawConnection discoverRaw(ServiceName service) {
		return within(CallDeadline.after(null)).discoverRaw(query(ServicePattern.of(service)));
	}

	private RawConnection discoverRaw(ServiceQuery query) {
		return CancellableSearch.run(this.stop, (either) -> this.discovery.find(query, this.settings.purpose,
				this.settings.discoverTimeout, either, this::connectRaw));
	}

	@Override
	public RawConnection connectRaw(Endpoint endpoint, ServiceName service) {
		return this.connector.connectRaw(endpoint, service);
	}

	Executor callbacks() {
		return this.connector.callbacks();
	}

	Connector connector() {
		return this.connector;
	}

	/**
	 * Keeps the known instances up to date.
	 * @param stop ends the updates when it completes
	 * @param changed called on any thread after a possible change
	 */
	void keepKnown(ServiceName service, CompletableFuture<?> stop, Runnable changed) {
		this.discovery.watch(query(ServicePattern.of(service)), stop).onChange(changed);
	}

	/**
	 * Returns whether an instance is no longer known, and another one is.
	 */
	boolean isReplaced(ServiceName service, Instance instance) {
		List<ServiceInstance> known = this.discovery.known(query(ServicePattern.of(service)));
		return !known.isEmpty() && known.stream().noneMatch((each) -> each.instance().equals(instance));
	}

	/**
	 * Returns whether any instance is known, without a query to the network.
	 */
	boolean isKnown(ServiceName service) {
		return !this.discovery.known(query(ServicePattern.of(service))).isEmpty();
	}

	private ServiceQuery query(ServicePattern pattern) {
		return new ServiceQuery(pattern, this.settings.providers, this.settings.scopes);
	}

	/**
	 * Returns a client whose wait for a service ends at a deadline.
	 */
	DiscoveringClient within(CallDeadline deadline) {
		if (!deadline.limited()) {
			return this;
		}
		Duration left = deadline.left();
		Duration own = this.settings.discoverTimeout;
		return (own != null && own.compareTo(left) <= 0) ? this : discoverTimeout(left);
	}

	/**
	 * Limits a wait for a service by this client's discover timeout. A client with
	 * timeout zero does not wait, so it has no limit of its own.
	 */
	CallDeadline limit(CallDeadline deadline) {
		Duration own = this.settings.discoverTimeout;
		return (own == null || own.isZero()) ? deadline : deadline.orAfter(own);
	}

	ServiceNotFoundException notFound(ServiceName service, Duration waited) {
		return new ServiceNotFoundException(ServicePattern.of(service), this.discovery.scopes(), waited);
	}

	private Optional<MultiplexedConnection> connectOne(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		Optional<MultiplexedConnection> connection = new InstanceRace(this.connector, this.discovery.clock(),
				inOrder(instances).iterator(), timeLeft)
			.run();
		connection.ifPresent(this::found);
		return connection;
	}

	private Optional<RawConnection> connectRaw(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		long start = this.discovery.clock().nanoTime();
		return inOrder(instances)
			.takeWhile((instance) -> timeLeft == null || this.discovery.clock().nanoTime() - start < timeLeft.toNanos())
			.map((instance) -> this.connector.connectRaw(instance,
					(timeLeft != null) ? timeLeft.minusNanos(this.discovery.clock().nanoTime() - start) : null))
			.flatMap(Optional::stream)
			.findFirst();
	}

	/**
	 * Returns the instances in the order of attempts: the nearest scope first, each scope
	 * in the order of the selection; instances that recently did not answer come last.
	 */
	private Stream<ServiceInstance> inOrder(List<ServiceInstance> instances) {
		Map<Scope, List<ServiceInstance>> byScope = new LinkedHashMap<>();
		List<ServiceInstance> silent = new ArrayList<>();
		for (ServiceInstance each : instances) {
			(this.discovery.isSilent(each.instance()) ? silent
					: byScope.computeIfAbsent(each.scope(), (scope) -> new ArrayList<>()))
				.add(each);
		}
		return Stream.concat(byScope.values()
			.stream()
			.flatMap((candidates) -> CheckedSelection.order(this.settings.selection, candidates, this.probes).stream()),
				silent.stream());
	}

	private void found(Connection connection) {
		if (!connection.info().service().isBuiltin()) {
			this.discovery.counters().found(connection.info().scope());
		}
	}

	private Optional<List<Connection>> connectAll(List<ServiceInstance> instances, @Nullable Duration timeLeft) {
		List<Connection> connections = List.copyOf(this.connector.connectAll(instances, timeLeft));
		connections.stream().findFirst().ifPresent(this::found);
		return connections.isEmpty() ? Optional.empty() : Optional.of(connections);
	}

	private record Settings(@Nullable Duration discoverTimeout, Set<ProviderId> providers, Set<Scope> scopes,
			Selection selection, CallSettings calls, @Nullable String purpose) {

		static final Settings DEFAULT = new Settings(null, Set.of(), Set.of(), Selection.random(), CallSettings.DEFAULT,
				null);

	}

}
