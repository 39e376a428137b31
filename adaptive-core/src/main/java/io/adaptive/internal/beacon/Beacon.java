package io.adaptive.internal.beacon;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

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

	private static final long REFRESH_MILLIS = 300;

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private final Instance self;

	private final long startedAt = System.nanoTime();

	private final ReentrantLock lock = new ReentrantLock();

	private final OwnAnnouncements announcements;

	private final Interests interests = new Interests();

	private @Nullable LanSettings settings;

	private NodeMonitor monitor = NodeMonitor.NONE;

	private Function<Runnable, Runnable> interfaces = (changed) -> () -> {
	};

	private @Nullable RunningProtocol running;

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
		this.announcements = new OwnAnnouncements(advertised);
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
			if (this.running != null) {
				this.running.end();
				this.running = null;
			}
			if (!this.announcements.isEmpty() || !this.interests.isEmpty()) {
				withProtocol((protocol) -> {
					this.announcements.announceAll(protocol);
					this.interests.askAll(protocol);
				});
			}
			return true;
		});
	}

	@Override
	public boolean isJoined() {
		return locked(() -> this.settings != null);
	}

	/**
	 * Uses the protocol, if this node has joined; starts it before the first use.
	 */
	private void withProtocol(Consumer<LanProtocol> work) {
		locked(() -> {
			if (this.closed) {
				throw new IllegalStateException("The node is closed");
			}
			if (this.settings != null) {
				if (this.running == null) {
					this.running = new RunningProtocol(this.self, this.settings,
							new RunningProtocol.Host(this.lock, () -> System.nanoTime() - this.startedAt, this.monitor,
									this.interfaces, this.interests::tell));
				}
				work.accept(this.running.protocol());
				this.running.wakeup();
			}
			return true;
		});
	}

	/**
	 * Reads the protocol, if it runs.
	 */
	private <T> T read(Function<LanProtocol, T> view, T otherwise) {
		return locked(() -> (this.running != null) ? view.apply(this.running.protocol()) : otherwise);
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
			this.announcements.add(service, endpoint);
			withProtocol((started) -> {
				this.announcements.tellEndpoint(started);
				started.announce(service);
			});
			return true;
		});
		this.announcements.tell();
		AtomicBoolean done = new AtomicBoolean();
		return () -> {
			if (done.compareAndSet(false, true)) {
				withdraw(service);
			}
		};
	}

	private void withdraw(ServiceName service) {
		locked(() -> {
			this.announcements.remove(service);
			change((started) -> started.withdraw(service));
			return true;
		});
		this.announcements.tell();
	}

	/**
	 * Returns the services that this node has announced.
	 * @return the services and their revision
	 */
	public Announced announced() {
		return read(LanProtocol::announced, new Announced(0, List.of()));
	}

	/**
	 * Adds a callback that is run after {@link #announced} has changed.
	 * @param changed run on the thread that makes the change, must not block
	 */
	public void onAnnounced(Runnable changed) {
		this.announcements.addListener(changed);
	}

	@Override
	public Scope scope() {
		return Scope.LAN;
	}

	@Override
	public List<ServiceInstance> find(ServicePattern pattern) {
		return read((started) -> started.find(pattern), List.of());
	}

	@Override
	public Watch watch(ServicePattern pattern, Runnable changed) {
		Interests.Watching watching = locked(() -> {
			withProtocol((started) -> started.ask(pattern));
			return this.interests.addWatch(pattern, changed);
		});
		return () -> {
			if (locked(() -> this.interests.removeWatch(watching))) {
				stopAsking(pattern);
			}
		};
	}

	private void stopAsking(ServicePattern pattern) {
		change((started) -> started.stopAsking(pattern));
	}

	@Override
	public CompletableFuture<?> refresh(ServicePattern pattern) {
		return locked(() -> {
			CompletableFuture<Object> current = this.interests.refresh(pattern);
			if (current != null || this.closed || this.settings == null) {
				return (current != null) ? current.copy() : CompletableFuture.completedFuture(null);
			}
			CompletableFuture<Object> refresh = new CompletableFuture<>().completeOnTimeout(false, REFRESH_MILLIS,
					TimeUnit.MILLISECONDS);
			this.interests.addRefresh(pattern, refresh);
			withProtocol((started) -> {
				started.ask(pattern);
				started.hurry(pattern);
			});
			return refresh.whenComplete((done, error) -> locked(() -> {
				stopAsking(pattern);
				this.interests.removeRefresh(pattern);
				return true;
			}));
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
			if (this.running != null && !this.closed) {
				change.accept(this.running.protocol());
				this.running.wakeup();
			}
			return true;
		});
	}

	/**
	 * Returns the number of dropped datagrams by reason.
	 * @return the counts, with the reasons in lower case
	 */
	public Map<String, Long> dropped() {
		return read((started) -> started.drops().named(), Map.of());
	}

	/**
	 * Returns the state of this node in scope LAN.
	 * @return the status of this moment, empty while the node has not joined
	 */
	public Optional<LanStatus> status() {
		return locked(() -> Optional.ofNullable(this.settings).map((current) -> {
			RunningProtocol used = this.closed ? null : this.running;
			return (used != null) ? used.status()
					: new LanStatus(current.port(), false, false, List.of(), current.secret() != null);
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
		RunningProtocol last = locked(() -> {
			this.closed = true;
			if (this.running != null) {
				this.running.end();
			}
			return this.running;
		});
		if (last != null) {
			try {
				last.join(Deadline.in(CLOSE_TIMEOUT).soonerOf(deadline));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
