package io.adaptive.builtin.lan;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.beacon.Announced;
import io.adaptive.beacon.Beacon;
import io.adaptive.beacon.Presence;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Watches over nodes of the local network by one connection to the
 * {@code builtin/LANRegistry} of each: its loss shows at once that a process has ended,
 * and at the latest when its sign of life is missing that a machine is silent. Safe for
 * use by many threads.
 */
public final class LanPresence implements Presence, AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(LanPresence.class);

	/** The others are known by their datagrams only. */
	private static final int MAX_NODES = 256;

	private static final int MAX_THREADS = 4;

	private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int MAX_DOUBLINGS = 5;

	private final Beacon beacon;

	private final AdaptiveClient client;

	private final ThreadPoolExecutor connecting;

	private final Times times;

	private final Map<Instance, Watch> watches = new HashMap<>();

	private boolean closed;

	/**
	 * Makes the watch for a node.
	 * @param beacon is told what is found out
	 * @param client connects
	 */
	public LanPresence(Beacon beacon, AdaptiveClient client) {
		this(beacon, client, Times.DEFAULT);
	}

	LanPresence(Beacon beacon, AdaptiveClient client, Times times) {
		this.times = times;
		this.beacon = beacon;
		this.client = client;
		this.connecting = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, 5, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), (work) -> {
					Thread thread = new Thread(work, "adaptive-lan-presence");
					thread.setDaemon(true);
					return thread;
				});
		this.connecting.allowCoreThreadTimeOut(true);
	}

	@Override
	public synchronized boolean follow(Instance node, List<Endpoint> endpoints) {
		Watch watch = this.watches.get(node);
		if (watch == null) {
			if (this.closed || this.watches.size() >= MAX_NODES) {
				return false;
			}
			watch = new Watch(node);
			this.watches.put(node, watch);
		}
		watch.begin(endpoints, this.connecting);
		return true;
	}

	@Override
	public synchronized void heard(Instance node, List<Endpoint> endpoints) {
		Watch watch = this.watches.get(node);
		if (watch != null) {
			watch.endpoints = endpoints;
		}
	}

	@Override
	public synchronized void release(Instance node) {
		Watch watch = this.watches.remove(node);
		if (watch != null) {
			watch.end(this.connecting);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		List.copyOf(this.watches.keySet()).forEach(this::release);
		this.connecting.shutdown();
	}

	/**
	 * One node.
	 */
	private final class Watch {

		private final Instance node;

		private final Set<ServiceName> services = new HashSet<>();

		private volatile List<Endpoint> endpoints = List.of();

		private boolean busy;

		private boolean ended;

		private int failures;

		private long notBefore;

		private @Nullable Connection connection;

		/** What is known by the connection that stands, or that the node cannot tell. */
		private @Nullable Runnable known;

		private Watch(Instance node) {
			this.node = node;
		}

		synchronized void begin(List<Endpoint> endpoints, Executor executor) {
			this.endpoints = endpoints;
			Runnable known = this.known;
			if (known != null) {
				// The node was forgotten and is known anew.
				executor.execute(() -> tell(known));
				return;
			}
			boolean tooEarly = this.failures > 0 && System.nanoTime() - this.notBefore < 0;
			if (!this.busy && !tooEarly) {
				this.busy = true;
				executor.execute(this::connect);
			}
		}

		private void connect() {
			try {
				connect(null);
			}
			catch (AdaptiveException ex) {
				failed(ex);
			}
			catch (RuntimeException ex) {
				logger.warn("cannot follow node={} scope=LAN", this.node, ex);
				lost(ex.toString());
			}
		}

		/**
		 * Connects in the place of a connection from which nothing is heard: an address
		 * of this machine or of the node may have changed.
		 */
		private void connectAgain(Connection silent) {
			try {
				connect(silent);
			}
			catch (RuntimeException ex) {
				logger.debug("not reached once more node={} scope=LAN reason=\"{}\"", this.node, ex.getMessage());
			}
		}

		private void connect(@Nullable Connection before) {
			Connection opened = LanPresence.this.client
				.connect(new ServiceInstance(LanRegistry.NAME, this.node, Scope.LAN, this.endpoints));
			if (!replace(before, opened)) {
				opened.close();
				return;
			}
			if (before != null) {
				before.close();
			}
			opened.async().send(new LanFollow());
			listen(opened);
			askForASignOfLife(opened);
		}

		private synchronized boolean replace(@Nullable Connection before, Connection opened) {
			if (this.ended || this.connection != before) {
				return false;
			}
			this.connection = opened;
			this.services.clear();
			return true;
		}

		private synchronized boolean isCurrent(Connection opened) {
			return this.connection == opened && !this.ended;
		}

		private void listen(Connection opened) {
			opened.async().recv(LanNews.class).whenComplete((news, error) -> {
				if (error == null && isCurrent(opened) && apply(news)) {
					listen(opened);
				}
				else {
					over(opened, reason(error));
				}
			});
		}

		/**
		 * Ends a connection, which need not notice it soon.
		 */
		private void over(Connection opened, String reason) {
			opened.close();
			synchronized (this) {
				if (this.connection != opened) {
					return;
				}
				this.connection = null;
			}
			lost(reason);
		}

		/**
		 * A host that is cut off is to be noticed sooner than its link's own heartbeat
		 * would.
		 */
		private void askForASignOfLife(Connection opened) {
			Times times = LanPresence.this.times;
			CompletableFuture<WorkerStatistics> answer = opened.async()
				.sendRecv(new WorkerQuery(), WorkerStatistics.class)
				.orTimeout(times.silence.toMillis(), TimeUnit.MILLISECONDS);
			answer.whenComplete((alive, error) -> {
				if (error instanceof TimeoutException) {
					over(opened, "no sign of life for %s s".formatted(times.silence.toSeconds()));
				}
				else if (error == null && isCurrent(opened)) {
					later(times.period, () -> askForASignOfLife(opened));
				}
			});
			later(times.doubt, () -> {
				if (!answer.isDone() && isCurrent(opened)) {
					LanPresence.this.connecting.execute(() -> connectAgain(opened));
				}
			});
		}

		private static void later(Duration delay, Runnable work) {
			CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(work);
		}

		private static String reason(@Nullable Throwable error) {
			Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause()
					: error;
			return (cause != null) ? String.valueOf(cause.getMessage()) : "nobody waits for it any more";
		}

		private boolean apply(LanNews news) {
			try {
				if (news instanceof LanNews.Change change) {
					change.gone().forEach((service) -> this.services.remove(name(service)));
					change.appeared().forEach((service) -> this.services.add(name(service)));
					return confirm(change.revision());
				}
				LanNews.Services all = (LanNews.Services) news;
				all.services().forEach((service) -> this.services.add(name(service)));
				return confirm(all.revision());
			}
			catch (IllegalArgumentException ex) {
				logger.warn("cannot understand node={} scope=LAN reason=\"{}\"", this.node, ex.getMessage());
				return false;
			}
		}

		private static ServiceName name(String text) {
			int slash = text.indexOf('/');
			return new ServiceName(text.substring(0, Math.max(0, slash)), text.substring(slash + 1));
		}

		private boolean confirm(long revision) {
			Announced exact = new Announced(revision, List.copyOf(this.services));
			Runnable known = () -> LanPresence.this.beacon.confirm(this.node, exact);
			synchronized (this) {
				this.failures = 0;
				if (this.ended || this.connection == null) {
					return false;
				}
				this.known = known;
			}
			tell(known);
			return true;
		}

		/**
		 * Tells what is known, unless the connection ends meanwhile.
		 */
		private void tell(Runnable known) {
			known.run();
			boolean over;
			synchronized (this) {
				over = this.known == null && !this.ended;
			}
			if (over) {
				LanPresence.this.beacon.lost(this.node);
			}
		}

		private void failed(AdaptiveException failure) {
			if (failure.code() == ErrorCode.NOT_FOUND || failure.code() == ErrorCode.UNIMPLEMENTED) {
				// It is there, but cannot be followed.
				Runnable reached = () -> LanPresence.this.beacon.reached(this.node);
				synchronized (this) {
					this.known = reached;
				}
				reached.run();
				return;
			}
			lost(String.valueOf(failure.getMessage()));
		}

		private void lost(String reason) {
			synchronized (this) {
				this.busy = false;
				this.known = null;
				this.notBefore = System.nanoTime() + (FIRST_PAUSE_NANOS << Math.min(this.failures, MAX_DOUBLINGS));
				this.failures++;
				if (this.ended) {
					return;
				}
			}
			logger.info("lost node={} scope=LAN reason=\"{}\"", this.node, reason);
			LanPresence.this.beacon.lost(this.node);
		}

		synchronized void end(Executor executor) {
			this.ended = true;
			Connection open = this.connection;
			if (open != null) {
				executor.execute(open::close);
			}
		}

	}

	/**
	 * How often a node is asked for a sign of life.
	 *
	 * @param period how long after an answer it is asked again
	 * @param doubt after so long without an answer it is connected to once more
	 * @param silence after so long it is lost
	 */
	record Times(Duration period, Duration doubt, Duration silence) {

		static final Times DEFAULT = new Times(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(6));

	}

}
