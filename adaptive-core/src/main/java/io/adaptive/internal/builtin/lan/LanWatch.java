package io.adaptive.internal.builtin.lan;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.beacon.Announced;
import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerQuery;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Monitor of one node by a connection. Safe for use by many threads.
 */
final class LanWatch {

	private static final KeyValueLogger logger = KeyValueLogger.of(LanNodeMonitor.class);

	private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final int MAX_DOUBLINGS = 5;

	private final Means means;

	private final Instance node;

	private final Set<ServiceName> services = new HashSet<>();

	private volatile List<Endpoint> endpoints = List.of();

	private boolean busy;

	private boolean ended;

	private int failures;

	private long notBefore;

	private @Nullable Connection connection;

	/**
	 * Last finding of the open connection, or that the node is reachable without a
	 * subscription; {@code null} while there is none.
	 */
	private @Nullable Runnable known;

	LanWatch(Instance node, Means means) {
		this.means = means;
		this.node = node;
	}

	/**
	 * Sets the endpoints from the last datagram of the node.
	 */
	void heard(List<Endpoint> endpoints) {
		this.endpoints = endpoints;
	}

	synchronized void begin(List<Endpoint> endpoints) {
		this.endpoints = endpoints;
		Runnable known = this.known;
		if (known != null) {
			// The node had expired from the cache and was found again.
			this.means.connecting().execute(() -> tell(known));
			return;
		}
		boolean tooEarly = this.failures > 0 && System.nanoTime() - this.notBefore < 0;
		if (!this.busy && !tooEarly) {
			this.busy = true;
			this.means.connecting().execute(this::connect);
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
	 * Opens a connection in place of one that does not answer: an address of this machine
	 * or of the node may have changed.
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
		Connection opened = this.means.client()
			.connect(new ServiceInstance(LanRegistry.NAME, this.node, Scope.LAN, this.endpoints));
		if (!replace(before, opened)) {
			opened.close();
			return;
		}
		if (before != null) {
			breakOff(before, "another connection to the node answers");
		}
		opened.async().send(new LanFollow());
		listen(opened);
		askForASignOfLife(opened);
	}

	/**
	 * Closes a connection that does not answer, without waiting for its unsent messages.
	 */
	private static void breakOff(Connection silent, String reason) {
		if (silent instanceof MultiplexedConnection standing) {
			standing.breakOff(new ErrorInfo(ErrorCode.UNAVAILABLE, reason));
		}
		silent.close();
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
	 * Closes a connection and reports the node as lost if it was the current one.
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
	 * Checks the liveness of the node, which detects an unreachable host sooner than the
	 * heartbeat of the connection does.
	 */
	private void askForASignOfLife(Connection opened) {
		LanNodeMonitor.Times times = this.means.times();
		CompletableFuture<WorkerStatistics> answer = opened.async()
			.sendRecv(new WorkerQuery(), WorkerStatistics.class)
			.orTimeout(times.silence().toMillis(), TimeUnit.MILLISECONDS);
		answer.whenComplete((alive, error) -> {
			if (error instanceof TimeoutException) {
				String reason = "no sign of life for %s s".formatted(times.silence().toSeconds());
				breakOff(opened, reason);
				over(opened, reason);
			}
			else if (error == null && isCurrent(opened)) {
				later(times.period(), () -> askForASignOfLife(opened));
			}
		});
		later(times.doubt(), () -> {
			if (!answer.isDone() && isCurrent(opened)) {
				this.means.connecting().execute(() -> connectAgain(opened));
			}
		});
	}

	private void later(Duration delay, Runnable work) {
		try {
			this.means.clock().schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The node is leaving and no longer monitors others.
		}
	}

	private static String reason(@Nullable Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		return (cause != null) ? String.valueOf(cause.getMessage()) : "it was cancelled";
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
		Runnable known = () -> this.means.beacon().confirm(this.node, exact);
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
	 * Reports a finding, followed by the loss of the node if the connection has ended in
	 * the meantime.
	 */
	private void tell(Runnable known) {
		known.run();
		boolean over;
		synchronized (this) {
			over = this.known == null && !this.ended;
		}
		if (over) {
			this.means.beacon().lost(this.node);
		}
	}

	private void failed(AdaptiveException failure) {
		if (failure.code() == ErrorCode.NOT_FOUND || failure.code() == ErrorCode.UNIMPLEMENTED) {
			// The node is reachable, but does not support subscriptions.
			Runnable reached = () -> this.means.beacon().reached(this.node);
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
		this.means.beacon().lost(this.node);
	}

	synchronized void end() {
		this.ended = true;
		Connection open = this.connection;
		if (open != null) {
			this.means.connecting().execute(open::close);
		}
	}

	/**
	 * Resources shared by the monitors of a node.
	 *
	 * @param beacon receives the findings
	 * @param client opens connections
	 * @param times the times of the liveness checks
	 * @param connecting runs tasks that may block
	 * @param clock runs delayed tasks, which do not block
	 */
	record Means(Beacon beacon, AdaptiveClient client, LanNodeMonitor.Times times, Executor connecting,
			ScheduledExecutorService clock) {
	}

}
