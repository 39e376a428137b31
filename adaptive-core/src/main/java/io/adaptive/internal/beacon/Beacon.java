package io.adaptive.internal.beacon;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LanSettings;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;
import io.adaptive.status.LanStatus;
import org.jspecify.annotations.Nullable;

/**
 * Discovery in the local networks by datagrams: announces the services of this node and
 * finds those of other nodes. Opens its sockets and starts its one thread on first use.
 * Safe for use by many threads.
 */
public final class Beacon implements Lookup, AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(Beacon.class);

	private static final long REFRESH_MILLIS = 300;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private final Instance self;

	private final List<String> advertised;

	private final long startedAt = System.nanoTime();

	private final ReentrantLock lock = new ReentrantLock();

	private final List<Watching> watches = new CopyOnWriteArrayList<>();

	private final List<Runnable> ownListeners = new CopyOnWriteArrayList<>();

	private final Map<ServicePattern, CompletableFuture<Object>> refreshes = new HashMap<>();

	private final Set<ServiceName> announced = new LinkedHashSet<>();

	private @Nullable LanSettings settings;

	private Endpoint.@Nullable Tcp endpoint;

	private NodeMonitor monitor = NodeMonitor.NONE;

	private Function<Runnable, Runnable> interfaces = (changed) -> () -> {
	};

	private @Nullable Sockets sockets;

	private @Nullable LanProtocol protocol;

	private @Nullable Thread thread;

	private boolean closed;

	/**
	 * Creates a beacon that sends nothing until it is used.
	 * @param self the node
	 * @param settings the settings of scope LAN, {@code null} to send nothing until
	 * {@link #join}
	 * @param advertised the hosts under which the node is reached, empty for the
	 * addresses of its interfaces
	 */
	public Beacon(Instance self, @Nullable LanSettings settings, List<String> advertised) {
		this.self = self;
		this.settings = settings;
		this.advertised = List.copyOf(advertised);
	}

	/**
	 * Sets the node monitor, before the first use.
	 * @param monitor the monitor of the remote nodes
	 */
	public void setNodeMonitor(NodeMonitor monitor) {
		this.monitor = monitor;
	}

	/**
	 * Sets the watch of the network interfaces of this machine, before the first use.
	 * @param interfaces starts a watch: takes a callback that is run on any thread after
	 * an interface has changed, and returns the action that ends the watch
	 */
	public void setInterfaceWatch(Function<Runnable, Runnable> interfaces) {
		this.interfaces = interfaces;
	}

	private long clock() {
		return System.nanoTime() - this.startedAt;
	}

	private <T> T locked(Supplier<T> work) {
		this.lock.lock();
		try {
			return work.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Joins the local networks with the given settings. If the node has joined with other
	 * settings, it leaves first, and its announcements and queries are repeated with the
	 * new ones.
	 * @param settings the settings of scope LAN
	 */
	public void join(LanSettings settings) {
		locked(() -> {
			if (this.closed || settings.equals(this.settings)) {
				return false;
			}
			this.settings = settings;
			// The thread of the old protocol sees that it is replaced, and closes it.
			wakeup();
			this.protocol = null;
			Endpoint.Tcp reached = this.endpoint;
			if (reached != null || !this.watches.isEmpty() || !this.refreshes.isEmpty()) {
				LanProtocol started = protocol(settings);
				if (reached != null) {
					started.listensAt(reached, this.advertised);
				}
				this.announced.forEach(started::announce);
				this.watches.forEach((watching) -> started.ask(watching.pattern));
				this.refreshes.keySet().forEach(started::ask);
				wakeup();
			}
			return true;
		});
	}

	@Override
	public boolean isJoined() {
		return locked(() -> this.settings != null);
	}

	private void withStation(Consumer<LanProtocol> work) {
		locked(() -> {
			if (this.closed) {
				throw new IllegalStateException("The node is closed");
			}
			if (this.settings != null) {
				work.accept(protocol(this.settings));
				wakeup();
			}
			return true;
		});
	}

	/**
	 * Returns the started protocol. Call under the lock only.
	 */
	private LanProtocol protocol(LanSettings settings) {
		if (this.protocol == null) {
			Sockets opened = new Sockets(settings, () -> locked(() -> {
				changeNetwork();
				return true;
			}));
			LanProtocol started = new LanProtocol(this.self, settings, opened, this::clock, new SecureRandom(),
					this.monitor);
			this.sockets = opened;
			this.protocol = started;
			this.thread = new Thread(() -> run(opened, started), "adaptive-lan");
			this.thread.setDaemon(true);
			this.thread.start();
			if (settings.secret() == null) {
				logger.warn("discovery without a secret, open to every host of the network scope=LAN {}", settings);
			}
			else {
				logger.info("discovery scope=LAN {}", settings);
			}
		}
		return this.protocol;
	}

	private void changeNetwork() {
		if (this.protocol != null) {
			this.protocol.networkChanged();
			wakeup();
		}
	}

	private void wakeup() {
		if (this.sockets != null) {
			this.sockets.wakeup();
		}
	}

	private void run(Sockets opened, LanProtocol started) {
		try (InterfaceWatch watch = new InterfaceWatch(clock(), this.interfaces, opened::wakeup)) {
			run(opened, started, watch);
		}
	}

	private void run(Sockets opened, LanProtocol started, InterfaceWatch watch) {
		while (true) {
			Set<ServiceName> changed;
			long due;
			this.lock.lock();
			try {
				if (this.closed || this.protocol != started) {
					started.close();
					opened.close();
					return;
				}
				if (watch.isDue(clock())) {
					watch.looking();
					if (opened.followInterfaces()) {
						started.networkChanged();
					}
					watch.looked(clock(), opened.isIncomplete());
				}
				opened.receive(started::receive);
				changed = started.work();
				due = Math.min(watch.nextDue(), started.nextDue());
			}
			finally {
				this.lock.unlock();
			}
			tell(changed);
			opened.await(due - clock());
		}
	}

	private void tell(Set<ServiceName> changed) {
		if (changed.isEmpty()) {
			return;
		}
		for (Watching watching : this.watches) {
			if (changed.stream().anyMatch(watching.pattern::matches)) {
				watching.changed.run();
			}
		}
	}

	/**
	 * Announces a service to the local networks of this node.
	 * @param service the service
	 * @param endpoint the endpoint that accepts connections, the same for all services
	 * @return the announcement; closing it withdraws the service, closing it twice does
	 * nothing
	 */
	public Announcer.Announcement announce(ServiceName service, Endpoint.Tcp endpoint) {
		locked(() -> {
			this.endpoint = endpoint;
			withStation((started) -> {
				started.listensAt(endpoint, this.advertised);
				started.announce(service);
			});
			return this.announced.add(service);
		});
		this.ownListeners.forEach(Runnable::run);
		AtomicBoolean done = new AtomicBoolean();
		return () -> {
			if (done.compareAndSet(false, true)) {
				withdraw(service);
			}
		};
	}

	private void withdraw(ServiceName service) {
		locked(() -> {
			this.announced.remove(service);
			if (!this.closed) {
				withStation((started) -> started.withdraw(service));
			}
			return true;
		});
		this.ownListeners.forEach(Runnable::run);
	}

	/**
	 * Returns the services that this node has announced.
	 * @return the services and their revision
	 */
	public Announced announced() {
		return locked(() -> (this.protocol != null) ? this.protocol.announced() : new Announced(0, List.of()));
	}

	/**
	 * Adds a callback that is run after {@link #announced} has changed.
	 * @param changed run on the thread that makes the change, must not block
	 */
	public void onAnnounced(Runnable changed) {
		this.ownListeners.add(changed);
	}

	@Override
	public Scope scope() {
		return Scope.LAN;
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		return locked(() -> (this.protocol != null) ? this.protocol.find(pattern) : List.of());
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		Watching watching = new Watching(pattern, changed);
		this.watches.add(watching);
		ask(pattern);
		AtomicBoolean done = new AtomicBoolean();
		return () -> {
			if (done.compareAndSet(false, true)) {
				this.watches.remove(watching);
				stopAsking(pattern);
			}
		};
	}

	private void ask(ServicePattern pattern) {
		withStation((started) -> started.ask(pattern));
	}

	private void stopAsking(ServicePattern pattern) {
		locked(() -> {
			if (!this.closed && this.protocol != null) {
				this.protocol.stopAsking(pattern);
			}
			return true;
		});
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		return locked(() -> {
			CompletableFuture<Object> running = this.refreshes.get(pattern);
			if (running != null || this.closed || this.settings == null) {
				return (running != null) ? running.copy() : CompletableFuture.completedFuture(null);
			}
			CompletableFuture<Object> refresh = new CompletableFuture<>().completeOnTimeout(false, REFRESH_MILLIS,
					TimeUnit.MILLISECONDS);
			this.refreshes.put(pattern, refresh);
			withStation((started) -> {
				started.ask(pattern);
				started.hurry(pattern);
			});
			return refresh.whenComplete((done, error) -> {
				stopAsking(pattern);
				locked(() -> this.refreshes.remove(pattern));
			});
		});
	}

	@Override
	public void unreachable(ServiceInstance instance) {
		change((started) -> started.unreachable(instance.instance()));
	}

	/**
	 * Records the exact services of a node, as received from the node over TCP.
	 * @param node the node
	 * @param exact all its services
	 */
	public void confirm(Instance node, Announced exact) {
		change((started) -> started.confirm(node, exact));
	}

	/**
	 * Records that a node can be reached but does not report its services over TCP.
	 * @param node the node
	 */
	public void reached(Instance node) {
		change((started) -> started.reached(node));
	}

	/**
	 * Records that a node cannot be reached, or no longer.
	 * @param node the node
	 */
	public void lost(Instance node) {
		change((started) -> started.lost(node));
	}

	private void change(Consumer<LanProtocol> change) {
		locked(() -> {
			if (this.protocol != null && !this.closed) {
				change.accept(this.protocol);
				wakeup();
			}
			return true;
		});
	}

	/**
	 * Returns the number of dropped datagrams by reason.
	 * @return the counts, with the reasons in lower case
	 */
	public Map<String, Long> dropped() {
		Map<DropReason, Long> counts = locked(
				() -> (this.protocol != null) ? this.protocol.drops().counts() : new EnumMap<>(DropReason.class));
		Map<String, Long> named = new TreeMap<>();
		counts.forEach((reason, count) -> named.put(reason.name().toLowerCase(Locale.ROOT), count));
		return named;
	}

	/**
	 * Returns the state of this node in scope LAN.
	 * @return the status of this moment, empty while the node has not joined
	 */
	public Optional<LanStatus> status() {
		return locked(() -> Optional.ofNullable(this.settings).map((current) -> {
			Sockets opened = (this.closed || this.protocol == null) ? null : this.sockets;
			return new LanStatus(current.port(), opened != null, opened != null && opened.isListening(),
					(opened != null) ? opened.usedInterfaces() : List.of(), current.secret() != null);
		}));
	}

	/**
	 * Withdraws all services and closes the sockets.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Withdraws all services and closes the sockets.
	 * @param deadline the limit of the wait for both, which takes seconds at most
	 */
	public void close(Deadline deadline) {
		Thread running = locked(() -> {
			this.closed = true;
			wakeup();
			return this.thread;
		});
		if (running != null) {
			try {
				Deadline.in(CLOSE_TIMEOUT).soonerOf(deadline).join(running);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private record Watching(ServicePattern pattern, Runnable changed) {
	}

}
