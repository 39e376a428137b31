package io.adaptive.internal.builtin.lan;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.beacon.NodeMonitor;
import io.adaptive.internal.message.DaemonThreads;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;

/**
 * Monitor of nodes of the local network by one connection to the {@code
 * builtin/LANRegistry} of each. The end of a process is noticed at once by the loss of
 * the connection, the failure of a machine by the missing answer to a liveness check.
 * Safe for use by many threads.
 */
public final class LanNodeMonitor implements NodeMonitor, AutoCloseable {

	/** Maximum number of monitored nodes; others are known by their datagrams only. */
	private static final int MAX_NODES = 256;

	private static final int MAX_THREADS = 4;

	private static final int KEEP_SECONDS = 5;

	private final ThreadPoolExecutor connecting = new ThreadPoolExecutor(MAX_THREADS, MAX_THREADS, KEEP_SECONDS,
			TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.factory("adaptive-lan-presence"));

	private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1,
			DaemonThreads.factory("adaptive-lan-presence-clock"));

	private final LanWatch.Means means;

	private final Map<Instance, LanWatch> watches = new HashMap<>();

	private boolean closed;

	/**
	 * Creates the monitor of a node.
	 * @param beacon receives the findings
	 * @param client opens the connections
	 */
	public LanNodeMonitor(Beacon beacon, AdaptiveClient client) {
		this(beacon, client, Times.DEFAULT);
	}

	LanNodeMonitor(Beacon beacon, AdaptiveClient client, Times times) {
		this.means = new LanWatch.Means(beacon, client, times, this.connecting, this.clock);
		this.connecting.allowCoreThreadTimeOut(true);
		this.clock.setKeepAliveTime(KEEP_SECONDS, TimeUnit.SECONDS);
		this.clock.allowCoreThreadTimeOut(true);
	}

	@Override
	public synchronized boolean follow(Instance node, List<Endpoint> endpoints) {
		LanWatch watch = this.watches.get(node);
		if (watch == null) {
			if (this.closed || this.watches.size() >= MAX_NODES) {
				return false;
			}
			watch = new LanWatch(node, this.means);
			this.watches.put(node, watch);
		}
		watch.begin(endpoints);
		return true;
	}

	@Override
	public synchronized void heard(Instance node, List<Endpoint> endpoints) {
		LanWatch watch = this.watches.get(node);
		if (watch != null) {
			watch.heard(endpoints);
		}
	}

	@Override
	public synchronized void release(Instance node) {
		LanWatch watch = this.watches.remove(node);
		if (watch != null) {
			watch.end();
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		List.copyOf(this.watches.keySet()).forEach(this::release);
		this.connecting.shutdown();
		this.clock.shutdownNow();
	}

	/**
	 * Times of the liveness checks.
	 *
	 * @param period the time between an answer and the next check
	 * @param doubt the time without an answer after which a second connection is tried
	 * @param silence the time without an answer after which the node is lost
	 */
	record Times(Duration period, Duration doubt, Duration silence) {

		static final Times DEFAULT = new Times(Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofSeconds(6));

	}

}
