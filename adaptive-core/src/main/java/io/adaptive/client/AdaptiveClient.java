package io.adaptive.client;

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

import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.ServiceQuery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.message.TimeRange;
import io.adaptive.registry.Lookup;
import io.adaptive.stream.CallContext;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.CheckedDemand;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.stream.ConnectionTelemetry;
import io.adaptive.stream.MultiplexedConnection;
import io.adaptive.stream.ReceiveBudget;
import io.adaptive.transport.Dialer;
import io.adaptive.transport.RawConnection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Discovers services. Made by {@code AdaptiveNode.newClient()}. Immutable and safe for
 * use by many threads.
 */
public final class AdaptiveClient {

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
	 * Makes a client; for the node.
	 * @param discovery finds instances
	 * @param dialer opens links to them
	 * @param connections the node's open connections
	 * @param callbacks runs what hangs on futures
	 * @param telemetry who is told of messages
	 * @param stop ends all waiting when it completes
	 */
	public AdaptiveClient(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			ConnectionTelemetry telemetry, CompletableFuture<?> stop) {
		this(discovery, dialer, connections, callbacks, telemetry, ReceiveBudget.unlimited(), stop);
	}

	/**
	 * Makes a client; for the node.
	 * @param discovery finds instances
	 * @param dialer opens links to them
	 * @param connections the node's open connections
	 * @param callbacks runs what hangs on futures
	 * @param telemetry who is told of messages
	 * @param budget what the node can hold of what it receives
	 * @param stop ends all waiting when it completes
	 */
	public AdaptiveClient(Discovery discovery, Dialer dialer, ConnectionSet connections, Executor callbacks,
			ConnectionTelemetry telemetry, ReceiveBudget budget, CompletableFuture<?> stop) {
		this.discovery = discovery;
		this.connector = new Connector(discovery, dialer, connections, callbacks, telemetry, budget);
		this.probes = new Probes(this.connector, discovery.clock()::nanoTime);
		this.stop = stop;
		this.settings = Settings.DEFAULT;
	}

	private AdaptiveClient(AdaptiveClient other, Settings settings) {
		this(other, settings, other.connector);
	}

	private AdaptiveClient(AdaptiveClient other, Settings settings, Connector connector) {
		this.discovery = other.discovery;
		this.connector = connector;
		this.probes = other.probes;
		this.stop = other.stop;
		this.settings = settings;
	}

	/**
	 * Limits how long to wait for a service. Without a limit a client waits for ever, so
	 * that it may be started before the server.
	 * @param timeout the limit, zero for not at all; a hundred years or more are no limit
	 * @return the changed copy
	 * @throws IllegalArgumentException if it is negative
	 */
	public AdaptiveClient discoverTimeout(Duration timeout) {
		return new AdaptiveClient(this, new Settings(checkDiscoverTimeout(timeout), this.settings.providers,
				this.settings.scopes, this.settings.selection, this.settings.calls, this.settings.purpose));
	}

	/**
	 * Checks how long to wait for a service.
	 * @param timeout the time that is to be set
	 * @return the same time
	 * @throws IllegalArgumentException if it is negative
	 */
	public static Duration checkDiscoverTimeout(Duration timeout) {
		return DISCOVER_TIMEOUT.check(timeout);
	}

	/**
	 * Looks only at services on some machines.
	 * @param providers the ids of the machines, with {@code *} for any characters; none
	 * for any machine
	 * @return the changed copy
	 */
	public AdaptiveClient providers(ProviderId... providers) {
		return new AdaptiveClient(this, new Settings(this.settings.discoverTimeout, Set.of(providers),
				this.settings.scopes, this.settings.selection, this.settings.calls, this.settings.purpose));
	}

	/**
	 * Looks only in some of the scopes that the node searches.
	 * @param scopes the scopes, none for all
	 * @return the changed copy
	 */
	public AdaptiveClient scopes(Scope... scopes) {
		return new AdaptiveClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				Set.of(scopes), this.settings.selection, this.settings.calls, this.settings.purpose));
	}

	/**
	 * Sets how the calls of connections that discover by themselves are treated, unless a
	 * call says otherwise. A timeout here covers waiting for the service and sending
	 * again, too.
	 * @param calls the settings, by default {@link CallSettings#DEFAULT}
	 * @return the changed copy
	 * @see #lazy(ServiceName)
	 */
	public AdaptiveClient calls(CallSettings calls) {
		return new AdaptiveClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				this.settings.scopes, this.settings.selection, calls, this.settings.purpose));
	}

	/**
	 * Sets how to choose where several instances are equally near.
	 * @param selection the selection, by default {@link Selection#random()}
	 * @return the changed copy
	 */
	public AdaptiveClient selection(Selection selection) {
		return new AdaptiveClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				this.settings.scopes, selection, this.settings.calls, this.settings.purpose));
	}

	/**
	 * Sets whether the messages of connections in PROCESS scope are copied, in both
	 * directions, so that a receiver may change what it got. Elsewhere they are always.
	 * @param copy whether they are; by default the nodes at both ends decide, of which
	 * each can ask for copies
	 * @return the changed copy
	 */
	public AdaptiveClient copyInProcess(boolean copy) {
		return new AdaptiveClient(this, this.settings, this.connector.copying(copy));
	}

	/**
	 * Says for whom the services are, for those who look at what the node waits for.
	 * @param purpose a name, such as that of the part of the program
	 * @return the changed copy
	 */
	public AdaptiveClient purpose(String purpose) {
		return new AdaptiveClient(this, new Settings(this.settings.discoverTimeout, this.settings.providers,
				this.settings.scopes, this.settings.selection, this.settings.calls, purpose));
	}

	/**
	 * Waits for a service and connects to it.
	 * @param publisher the publisher
	 * @param name the service's name
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance is there that
	 * this program cannot talk to
	 */
	public Connection discover(String publisher, String name) {
		return discover(new ServiceName(publisher, name));
	}

	/**
	 * Waits for a service and connects to one instance, in the nearest scope that has
	 * any.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance is there that
	 * this program cannot talk to
	 */
	public Connection discover(ServiceName service) {
		return within(CallDeadline.after(null)).discover(service, this.stop);
	}

	MultiplexedConnection discover(ServiceName service, CompletableFuture<?> stop) {
		ServiceQuery query = query(ServicePattern.of(service));
		return CancellableSearch.run(stop, (either) -> {
			if (this.settings.selection != Selection.random() && this.discovery.known(query).isEmpty()) {
				// The first that answers is not the only one there is to choose from.
				this.discovery.refresh(query, either);
			}
			return this.discovery.find(query, this.settings.purpose, this.settings.discoverTimeout, either,
					this::connectOne);
		});
	}

	/**
	 * Waits until at least one of several services or instances is there, and connects to
	 * all that are known then, each instance once, nearest first.
	 * @param pattern which services
	 * @return the connections, at least one, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if none appeared in time
	 */
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

	/**
	 * Returns what is known of services now, nearest first, without connecting to them.
	 * @param pattern which services
	 * @return their instances
	 */
	public List<ServiceInstance> list(ServicePattern pattern) {
		ServiceQuery query = query(pattern);
		return CancellableSearch.run(this.stop, (either) -> {
			this.discovery.refresh(query, either);
			CallContext.checkCancelled();
			return this.discovery.known(query);
		});
	}

	/**
	 * Watches services. Appearing and going are pushed, and told as soon as they are
	 * known.
	 * @param pattern which services
	 * @return the watch, to be closed by the caller
	 */
	public ServiceWatch watch(ServicePattern pattern) {
		return new ServiceWatch(this.discovery.watch(query(pattern), this.stop), this.discovery.clock(), this.stop);
	}

	/**
	 * Watches services.
	 * @param pattern which services
	 * @param listener gets one event after the other, on threads for callbacks
	 * @return ends the watch
	 */
	public Lookup.Watch watch(ServicePattern pattern, Consumer<ServiceEvent> listener) {
		WatchPump pump = pump(pattern, listener);
		pump.request(Long.MAX_VALUE);
		return pump::close;
	}

	/**
	 * Watches services. No more is told than was requested, on threads for callbacks. A
	 * demand of 0 or less ends the subscription with {@link IllegalArgumentException}.
	 * @param pattern which services
	 * @return the changes; each subscription is a watch of its own, which ends when it is
	 * cancelled
	 */
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

	/**
	 * Returns a connection that discovers the service when it is first used, and heals:
	 * when the instance it leads to goes, new calls and new streams go to another. Calls
	 * that were not processed are sent again, within a budget, and those of messages that
	 * are {@link io.adaptive.annotation.Idempotent} also if that is not known; others
	 * fail at once. Other streams that were open end with their cause. What handlers of
	 * messages that were sent one way return is not kept for {@link Connection#recv
	 * recv}, unless they were sent on a stream of their own.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 */
	public Connection lazy(ServiceName service) {
		return lazy(service, NOBODY);
	}

	/**
	 * Returns a connection that heals, and tells where it leads.
	 * @param service the service
	 * @param listener is told
	 * @return the connection, to be closed by the caller
	 * @see #lazy(ServiceName)
	 */
	public Connection lazy(ServiceName service, ConnectionListener listener) {
		return lazy(new ServiceTarget(this, service), listener);
	}

	/**
	 * Returns a connection to an instance that was found, and to no other. It connects
	 * when it is first used, and again when it was lost.
	 * @param instance the instance
	 * @param listener is told
	 * @return the connection, to be closed by the caller
	 */
	public Connection lazy(ServiceInstance instance, ConnectionListener listener) {
		return lazy(new InstanceTarget(this.connector, instance), listener);
	}

	private Connection lazy(Target target, ConnectionListener listener) {
		return new ReconnectingConnection(new CurrentConnection(target, this.stop, listener), this.settings.calls);
	}

	/**
	 * Connects to a service whose address is known, without searching for it. Tries once,
	 * and does not wait for the service to appear.
	 * @param endpoint the address, such as {@code new Endpoint.Tcp("10.0.0.7", 7001)}
	 * @param service the service wanted there
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if nobody can be reached
	 * there, or the service is not published there
	 */
	public Connection connect(Endpoint endpoint, ServiceName service) {
		return this.connector.connect(endpoint, service);
	}

	/**
	 * Connects to an instance that was found, and to no other. Tries once.
	 * @param instance the instance
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if it cannot be reached, or
	 * the service is not published there
	 */
	public Connection connect(ServiceInstance instance) {
		return this.connector.connect(instance);
	}

	/**
	 * Waits for a service and opens a raw connection to one instance, in the nearest
	 * scope that has any. It carries nothing but bytes.
	 * @param service the service
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ServiceNotFoundException if it did not appear in time
	 * @throws io.adaptive.message.ConnectionRefusedException if an instance is there that
	 * takes no raw connections
	 */
	public RawConnection discoverRaw(ServiceName service) {
		return within(CallDeadline.after(null)).discoverRaw(query(ServicePattern.of(service)));
	}

	private RawConnection discoverRaw(ServiceQuery query) {
		return CancellableSearch.run(this.stop, (either) -> this.discovery.find(query, this.settings.purpose,
				this.settings.discoverTimeout, either, this::connectRaw));
	}

	/**
	 * Opens a raw connection to a service whose address is known, without searching for
	 * it. Tries once.
	 * @param endpoint the address
	 * @param service the service wanted there
	 * @return the connection, to be closed by the caller
	 * @throws io.adaptive.message.ConnectionRefusedException if nobody can be reached
	 * there, or the service is not published there or takes no raw connections
	 */
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
	 * Keeps what is known fresh.
	 * @param stop ends that when it completes
	 * @param changed called on any thread after something may have changed
	 */
	void keepKnown(ServiceName service, CompletableFuture<?> stop, Runnable changed) {
		this.discovery.watch(query(ServicePattern.of(service)), stop).onChange(changed);
	}

	/**
	 * Tells whether an instance is not known any more, and another one is.
	 */
	boolean isReplaced(ServiceName service, Instance instance) {
		List<ServiceInstance> known = this.discovery.known(query(ServicePattern.of(service)));
		return !known.isEmpty() && known.stream().noneMatch((each) -> each.instance().equals(instance));
	}

	/**
	 * Tells whether there is any instance, without asking the network.
	 */
	boolean isKnown(ServiceName service) {
		return !this.discovery.known(query(ServicePattern.of(service))).isEmpty();
	}

	private ServiceQuery query(ServicePattern pattern) {
		return new ServiceQuery(pattern, this.settings.providers, this.settings.scopes);
	}

	/**
	 * Waits for a service no longer than until a deadline.
	 */
	AdaptiveClient within(CallDeadline deadline) {
		if (!deadline.limited()) {
			return this;
		}
		Duration left = deadline.left();
		Duration own = this.settings.discoverTimeout;
		return (own != null && own.compareTo(left) <= 0) ? this : discoverTimeout(left);
	}

	/**
	 * Limits a wait for a service by the time that this client has for discovering. A
	 * client that only looks does not wait.
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
	 * The nearest scope first, in each as the selection wants; those that did not answer
	 * a short time ago come last.
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
