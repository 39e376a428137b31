package io.adaptive.internal.builtin.root;

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
import java.util.function.Supplier;

import io.adaptive.client.AdaptiveClient;
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
 * WAN scope: services known to root registries. Several registries know nothing of each
 * other: the node registers with each, and finds what any of them knows. None of them
 * need be there; what they told last counts until they are back.
 */
public final class WanScope implements Announcer, Lookup, AutoCloseable {

	private static final long REFRESH_MILLIS = 900;

	private static final int MAX_REGISTRIES = 16;

	private final @Nullable TcpPort port;

	private final Supplier<AdvertisedHosts> hosts;

	private final AdaptiveClient client;

	private final ReachabilityToken token;

	private final Relays relays;

	private final List<RootLink> links = new CopyOnWriteArrayList<>();

	private final Set<ServiceName> services = ConcurrentHashMap.newKeySet();

	private final Map<ServicePattern, List<Runnable>> watchers = new ConcurrentHashMap<>();

	private final LeaseCounters counters = new LeaseCounters();

	private @Nullable OwnAddresses addresses;

	private OwnAddresses.@Nullable ChangeWatch addressWatch;

	/** Its thread ends when nothing is due, and drops what is due after the end. */
	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, (work) -> {
		Thread thread = new Thread(work, "adaptive-wan-clock");
		thread.setDaemon(true);
		return thread;
	}, new ThreadPoolExecutor.DiscardPolicy());

	private boolean started;

	private boolean closed;

	/**
	 * Makes the scope for a node, which connects to nobody before {@link #start}.
	 * @param registries the addresses of the root registries
	 * @param client connects to them
	 * @param port accepts the connections to the node's services, {@code null} for a node
	 * that only searches
	 * @param hosts under which the node may be reached besides the addresses that the
	 * registries see
	 * @param token proves who the node is; its service is published
	 * @param relays ways round, where a registry cannot reach the node
	 */
	public WanScope(List<Endpoint.Tcp> registries, AdaptiveClient client, @Nullable TcpPort port,
			Supplier<AdvertisedHosts> hosts, ReachabilityToken token, Relays relays) {
		this.port = port;
		this.hosts = hosts;
		this.client = client;
		this.token = token;
		this.relays = relays;
		this.clock.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.clock.allowCoreThreadTimeOut(true);
		add(registries);
	}

	/**
	 * Begins to connect to the registries.
	 */
	public void start() {
		synchronized (this.watchers) {
			this.started = true;
			this.links.forEach(this::start);
		}
	}

	private void start(RootLink link) {
		link.start();
		if (this.addresses != null && this.addressWatch == null) {
			this.addressWatch = this.addresses.onChange(this::addressesChanged);
		}
	}

	/**
	 * Tells the registries at once where the node is reached after its addresses have
	 * changed. To be called before {@link #start}.
	 * @param addresses watches them, as soon as a registry is used
	 */
	public void follow(OwnAddresses addresses) {
		synchronized (this.watchers) {
			this.addresses = addresses;
		}
	}

	/**
	 * Uses more root registries, from now on.
	 * @param registries their addresses; one that is used already is passed over
	 */
	public void add(List<Endpoint.Tcp> registries) {
		synchronized (this.watchers) {
			registries.forEach(this::add);
		}
	}

	private void add(Endpoint.Tcp address) {
		if (this.closed || this.links.size() >= MAX_REGISTRIES
				|| this.links.stream().anyMatch((link) -> link.status().address().equals(address))) {
			return;
		}
		RootLink link = new RootLink(address, this.client, this.token, this::desired, this.relays,
				new RootView(address.host(), this::later, this::changed, this::gone), this.counters);
		this.watchers.keySet().forEach(link.view()::watch);
		this.links.add(link);
		if (this.started) {
			start(link);
		}
	}

	private void later(Runnable work) {
		this.clock.schedule(work, RootView.PAUSE.toNanos(), TimeUnit.NANOSECONDS);
	}

	private DesiredRegistration desired(List<Endpoint.Relayed> relays) {
		Set<ServiceName> offered = Set.copyOf(this.services);
		return offered.isEmpty() ? new DesiredRegistration(offered, 0, AdvertisedHosts.NONE, List.of())
				: new DesiredRegistration(offered, port().endpoint().map(Endpoint.Tcp::port).orElse(0),
						this.hosts.get(), relays);
	}

	private TcpPort port() {
		return Objects.requireNonNull(this.port, "The node only searches scope WAN");
	}

	/**
	 * Uses a root registry no more.
	 * @param address its address
	 */
	public void remove(Endpoint.Tcp address) {
		List<RootLink> removed = this.links.stream().filter((link) -> link.status().address().equals(address)).toList();
		this.links.removeAll(removed);
		removed.forEach(RootLink::close);
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
	 * Makes a service known to the registries, whenever they are there.
	 */
	@Override
	public Announcement announce(ServiceName service) {
		port().open();
		this.services.add(service);
		this.links.forEach(RootLink::wishChanged);
		AtomicBoolean closed = new AtomicBoolean();
		return () -> {
			if (closed.compareAndSet(false, true)) {
				this.services.remove(service);
				this.links.forEach(RootLink::wishChanged);
			}
		};
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		Map<Key, Set<Endpoint>> found = new LinkedHashMap<>();
		this.links
			.forEach(
					(link) -> link.view()
						.collect(pattern, (each) -> found
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
			this.links.forEach((link) -> link.view().watch(pattern));
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
				this.links.forEach((link) -> link.view().unwatch(pattern));
			}
		}
	}

	private void changed(ServicePattern pattern) {
		this.watchers.getOrDefault(pattern, List.of()).forEach(Runnable::run);
	}

	/**
	 * What one registry has seen go is not to be believed of another that is not reached
	 * and may have told it long ago.
	 */
	private void gone(Instance instance) {
		this.links.stream()
			.map(RootLink::view)
			.filter((view) -> !view.isConnected())
			.forEach((view) -> view.forget(instance));
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		return CompletableFuture.allOf(this.links.stream()
			.map((link) -> link.view().refresh(pattern, REFRESH_MILLIS))
			.toArray(CompletableFuture<?>[]::new));
	}

	@Override
	public void unreachable(ServiceInstance instance) {
		this.links.forEach((link) -> link.view().forget(instance.instance()));
	}

	/**
	 * Tells that the addresses of this machine have changed. Does not block.
	 */
	void addressesChanged() {
		this.links.forEach(RootLink::addressesChanged);
	}

	/**
	 * Tells that the relays which lead to this node have changed.
	 */
	public void relaysChanged() {
		this.links.forEach(RootLink::relaysChanged);
	}

	/**
	 * Tells how the node stands with each registry.
	 * @return the registries in the order of their configuration
	 */
	public List<RootRegistryStatus> status() {
		return this.links.stream().map(RootLink::status).toList();
	}

	/**
	 * Reads the numbers of the node's leases.
	 * @return the numbers of about this moment
	 */
	public LeaseStatistics leases() {
		List<RootRegistryStatus.Registration> each = status().stream().map(RootRegistryStatus::registration).toList();
		int held = Collections.frequency(each, RootRegistryStatus.Registration.ACCEPTED);
		int unwanted = Collections.frequency(each, RootRegistryStatus.Registration.NOT_NEEDED);
		return this.counters.statistics(held, each.size() - unwanted);
	}

	/**
	 * Leaves the registries, within a short time also those that do not answer.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Leaves the registries, within a short time also those that do not answer.
	 * @param deadline ends the waiting for them sooner
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
		this.links.forEach(RootLink::leave);
		Deadline left = Deadline.in(RootLink.CLOSE_TIMEOUT).soonerOf(deadline);
		this.links.forEach((link) -> link.close(left));
	}

	private record Key(ServiceName service, Instance instance) {
	}

}
