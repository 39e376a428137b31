package io.adaptive.internal.scope.wan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.discovery.LeaseCounters;
import io.adaptive.internal.discovery.RegistryLink;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.transport.OwnAddresses;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;
import io.adaptive.status.LeaseStatistics;
import io.adaptive.status.RootRegistryStatus;
import org.jspecify.annotations.Nullable;

/**
 * Registries of WAN scope, combined. They are independent of each other: the node
 * registers with each, and finds the services that any of them lists. A registry may be
 * unreachable; its last listed services stay valid until it is reached again. Safe for
 * use by many threads.
 */
public final class Registries implements Announcer, Lookup, RegistryLink.RegisteredNode, AutoCloseable {

	private static final Duration REFRESH = Duration.ofMillis(900);

	/** Limit of the wait for a registry that does not answer when the node leaves. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_REGISTRIES = 16;

	private final RegistryLink.Opener opener;

	private final @Nullable TcpPort port;

	private final OwnAddresses addresses;

	private final List<RegistryLink> links = new CopyOnWriteArrayList<>();

	private final Set<ServiceName> services = ConcurrentHashMap.newKeySet();

	private final Map<ServicePattern, List<Runnable>> watchers = new ConcurrentHashMap<>();

	private final LeaseCounters counters = new LeaseCounters();

	private OwnAddresses.@Nullable ChangeWatch addressWatch;

	/**
	 * Timer. Its thread ends when no task is left, and tasks after its shutdown are
	 * dropped.
	 */
	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
			DaemonThreads.factory("adaptive-wan-clock"), new ThreadPoolExecutor.DiscardPolicy());

	private boolean started;

	private boolean closed;

	/**
	 * Creates the registries of a node, without connections before {@link #start}.
	 * @param opener opens the link to each registry
	 * @param port the port that accepts the connections to the node's services,
	 * {@code null} for a node that only searches
	 * @param addresses the watch of the addresses of the machine, used with the first
	 * registry; changes are sent to the registries at once
	 */
	public Registries(RegistryLink.Opener opener, @Nullable TcpPort port, OwnAddresses addresses) {
		this.opener = opener;
		this.port = port;
		this.addresses = addresses;
		this.clock.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.clock.allowCoreThreadTimeOut(true);
	}

	/**
	 * Starts to connect to the registries.
	 */
	public void start() {
		synchronized (this.watchers) {
			this.started = true;
			this.links.forEach(this::start);
		}
	}

	private void start(RegistryLink link) {
		link.start();
		if (this.addressWatch == null) {
			this.addressWatch = this.addresses.onChange(this::addressesChanged);
		}
	}

	/**
	 * Adds registries.
	 * @param registries their addresses; one that is present already is ignored
	 */
	public void add(List<Endpoint.Tcp> registries) {
		synchronized (this.watchers) {
			registries.forEach(this::add);
		}
	}

	private void add(Endpoint.Tcp address) {
		if (this.closed || this.links.size() >= MAX_REGISTRIES
				|| this.links.stream().anyMatch((link) -> link.address().equals(address))) {
			return;
		}
		RegistryLink link = this.opener.open(address, this);
		this.watchers.keySet().forEach(link::watch);
		this.links.add(link);
		if (this.started) {
			start(link);
		}
	}

	@Override
	public void later(Duration delay, Runnable work) {
		this.clock.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public Set<ServiceName> services() {
		return Set.copyOf(this.services);
	}

	@Override
	public int port() {
		return listening().endpoint().map(Endpoint.Tcp::port).orElse(0);
	}

	private TcpPort listening() {
		return Objects.requireNonNull(this.port, "The node only searches scope WAN");
	}

	/**
	 * Removes a registry.
	 * @param address its address
	 */
	public void remove(Endpoint.Tcp address) {
		List<RegistryLink> removed = this.links.stream().filter((link) -> link.address().equals(address)).toList();
		this.links.removeAll(removed);
		Deadline deadline = Deadline.in(CLOSE_TIMEOUT);
		removed.forEach((link) -> link.close(deadline));
	}

	@Override
	public boolean isJoined() {
		return this.port != null || !this.links.isEmpty();
	}

	@Override
	public Scope scope() {
		return Scope.WAN;
	}

	/**
	 * Announces a service to all registries, also to those that are reached later.
	 */
	@Override
	public Announcement announce(ServiceName service) {
		listening().open();
		this.services.add(service);
		this.links.forEach(RegistryLink::servicesChanged);
		AtomicBoolean closed = new AtomicBoolean();
		return () -> {
			if (closed.compareAndSet(false, true)) {
				this.services.remove(service);
				this.links.forEach(RegistryLink::servicesChanged);
			}
		};
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		Map<Key, Set<Endpoint>> found = new LinkedHashMap<>();
		this.links.forEach((link) -> link.collect(pattern,
				(each) -> found
					.computeIfAbsent(new Key(each.service(), each.instance()), (key) -> new LinkedHashSet<>())
					.addAll(each.endpoints())));
		List<ServiceInstance> instances = new ArrayList<>();
		found.forEach((key, endpoints) -> instances
			.add(new ServiceInstance(key.service, key.instance, Scope.WAN, List.copyOf(endpoints))));
		return instances;
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		synchronized (this.watchers) {
			this.watchers.computeIfAbsent(pattern, (p) -> new CopyOnWriteArrayList<>()).add(changed);
			this.links.forEach((link) -> link.watch(pattern));
		}
		AtomicBoolean closed = new AtomicBoolean();
		return () -> {
			if (closed.compareAndSet(false, true)) {
				unwatch(pattern, changed);
			}
		};
	}

	private void unwatch(ServicePattern pattern, Runnable changed) {
		synchronized (this.watchers) {
			List<Runnable> same = this.watchers.getOrDefault(pattern, List.of());
			same.remove(changed);
			if (same.isEmpty()) {
				this.watchers.remove(pattern);
				this.links.forEach((link) -> link.unwatch(pattern));
			}
		}
	}

	@Override
	public void changed(ServicePattern pattern) {
		this.watchers.getOrDefault(pattern, List.of()).forEach(Runnable::run);
	}

	/**
	 * Forgets an instance that one registry has removed for the links that are not
	 * connected, whose list may be old.
	 */
	@Override
	public void gone(Instance instance) {
		this.links.stream().filter((link) -> !link.isConnected()).forEach((link) -> link.forget(instance));
	}

	@Override
	public LeaseCounters leases() {
		return this.counters;
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		return CompletableFuture.allOf(
				this.links.stream().map((link) -> link.refresh(pattern, REFRESH)).toArray(CompletableFuture<?>[]::new));
	}

	@Override
	public void unreachable(ServiceInstance instance) {
		this.links.forEach((link) -> link.forget(instance.instance()));
	}

	/**
	 * Reports that the addresses of this machine have changed. Does not block.
	 */
	public void addressesChanged() {
		this.links.forEach(RegistryLink::addressesChanged);
	}

	/**
	 * Reports that the relays which lead to this node have changed.
	 */
	public void relaysChanged() {
		this.links.forEach(RegistryLink::relaysChanged);
	}

	/**
	 * Returns the state of the node at each registry.
	 * @return the states in the order of configuration
	 */
	public List<RootRegistryStatus> status() {
		return this.links.stream().map(RegistryLink::status).toList();
	}

	/**
	 * Returns the statistics of the node's leases.
	 * @return the numbers of about this moment
	 */
	public LeaseStatistics statistics() {
		List<RootRegistryStatus.Registration> each = status().stream().map(RootRegistryStatus::registration).toList();
		int held = Collections.frequency(each, RootRegistryStatus.Registration.ACCEPTED);
		int unwanted = Collections.frequency(each, RootRegistryStatus.Registration.NOT_NEEDED);
		return this.counters.statistics(held, each.size() - unwanted);
	}

	/**
	 * Leaves the registries. The wait for those that do not answer is short.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Leaves the registries. The wait for those that do not answer is short.
	 * @param deadline an earlier limit of that wait
	 */
	public void close(Deadline deadline) {
		synchronized (this.watchers) {
			this.closed = true;
			if (this.addressWatch != null) {
				this.addressWatch.close();
			}
		}
		this.clock.shutdownNow();
		this.services.clear();
		this.links.forEach(RegistryLink::leave);
		Deadline left = Deadline.in(CLOSE_TIMEOUT).soonerOf(deadline);
		this.links.forEach((link) -> link.close(left));
	}

	private record Key(ServiceName service, Instance instance) {
	}

}
