package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.registry.Position;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServicePattern;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.jspecify.annotations.Nullable;

/**
 * Nodes received from one root registry, by watches and by queries. They stay valid while
 * the registry is not reached. Safe for use by many threads.
 */
final class RootView {

	private static final KeyValueLogger logger = KeyValueLogger.of(RootView.class);

	/** Pause before a refused watch is opened again. */
	static final Duration PAUSE = Duration.ofSeconds(5);

	/**
	 * Maximum number of remembered answers; the least recently used are removed first.
	 */
	private static final int MAX_ANSWERS = 64;

	private static final int MAX_PAGES = 1000;

	private final String registryHost;

	private final Executor later;

	private final Consumer<ServicePattern> changed;

	private final Consumer<Instance> gone;

	private final Map<ServicePattern, Watched> watches = new LinkedHashMap<>();

	private final Map<ServicePattern, KnownNodes> answers = new LinkedHashMap<>(16, 0.75F, true);

	private @Nullable Connection connection;

	private CompletableFuture<Connection> whenConnected = new CompletableFuture<>();

	/**
	 * Creates an empty view.
	 * @param registryHost the host under which this node reaches the registry
	 * @param later runs a task after {@link #PAUSE}, or never once the node is closed
	 * @param changed receives a pattern after its instances may have changed
	 * @param gone receives instances that the registry no longer lists
	 */
	RootView(String registryHost, Executor later, Consumer<ServicePattern> changed, Consumer<Instance> gone) {
		this.later = later;
		this.registryHost = registryHost;
		this.changed = changed;
		this.gone = gone;
	}

	synchronized boolean isConnected() {
		return this.connection != null;
	}

	synchronized void connected(Connection connection) {
		this.connection = connection;
		this.watches.forEach((pattern, watched) -> open(pattern, watched, connection));
		if (!this.whenConnected.complete(connection)) {
			this.whenConnected = CompletableFuture.completedFuture(connection);
		}
	}

	synchronized void disconnected() {
		this.connection = null;
		this.whenConnected = new CompletableFuture<>();
		this.watches.values().forEach((watched) -> {
			watched.stream = null;
			watched.nodes.closed();
		});
	}

	/**
	 * Ends the wait of pending and later queries for a connection, after the registry
	 * could not be reached.
	 */
	synchronized void notReached(Throwable reason) {
		this.whenConnected.completeExceptionally(reason);
	}

	synchronized void watch(ServicePattern pattern) {
		if (!this.watches.containsKey(pattern)) {
			Watched watched = new Watched(new KnownNodes(this.registryHost));
			this.watches.put(pattern, watched);
			if (this.connection != null) {
				open(pattern, watched, this.connection);
			}
		}
	}

	/**
	 * Ends a watch; its last nodes are kept like the answer to a query.
	 */
	synchronized void unwatch(ServicePattern pattern) {
		Watched watched = this.watches.remove(pattern);
		if (watched == null) {
			return;
		}
		if (watched.stream != null) {
			watched.stream.close();
		}
		watched.nodes.closed();
		if (watched.nodes.isLive()) {
			remember(pattern, watched.nodes);
		}
	}

	private void open(ServicePattern pattern, Watched watched, Connection connection) {
		try {
			MessageStream stream = connection.newStream();
			watched.stream = stream;
			Position from = watched.nodes.open(stream);
			WatchServices request = new WatchServices(pattern.publisher(), pattern.name(), from.incarnation(),
					from.revision());
			stream.async().send(request).whenComplete((sent, error) -> {
				if (error == null) {
					receive(pattern, watched, stream, connection);
				}
				else {
					ended(pattern, watched, connection, error);
				}
			});
		}
		catch (RuntimeException ex) {
			ended(pattern, watched, connection, ex);
		}
	}

	private void receive(ServicePattern pattern, Watched watched, MessageStream stream, Connection connection) {
		stream.async().recv(RegistryUpdate.class).whenComplete((update, error) -> {
			if (error != null) {
				ended(pattern, watched, connection, error);
				return;
			}
			try {
				watched.nodes.update(stream, update).forEach(this.gone);
			}
			catch (RuntimeException ex) {
				logger.warn("invalid update of a root registry pattern={} reason=\"{}\"", pattern, ex.getMessage());
				stream.close();
				ended(pattern, watched, connection, ex);
				return;
			}
			this.changed.accept(pattern);
			receive(pattern, watched, stream, connection);
		});
	}

	/**
	 * Handles the end of a watch. With the connection all watches end, and are opened
	 * again over the next one. A watch that ends alone was refused, as by a registry with
	 * too many; until it is accepted again, queries replace it.
	 */
	private synchronized void ended(ServicePattern pattern, Watched watched, Connection connection, Throwable reason) {
		if (isWanted(pattern, watched, connection)) {
			logger.debug("watch ended pattern={}", pattern, reason);
			watched.nodes.outdated();
			this.later.execute(() -> openAgain(pattern, watched, connection));
		}
	}

	private synchronized void openAgain(ServicePattern pattern, Watched watched, Connection connection) {
		if (isWanted(pattern, watched, connection)) {
			open(pattern, watched, connection);
		}
	}

	/**
	 * Returns whether a watch has ended alone: it was not closed, and its connection is
	 * open.
	 */
	private boolean isWanted(ServicePattern pattern, Watched watched, Connection connection) {
		return this.connection == connection && this.watches.get(pattern) == watched && connection.isOpen();
	}

	/**
	 * Passes the known instances to a consumer.
	 */
	void collect(ServicePattern pattern, Consumer<ServiceInstance> found) {
		sources(pattern).forEach((nodes) -> nodes.collect(pattern, found));
	}

	private synchronized List<KnownNodes> sources(ServicePattern pattern) {
		for (ServicePattern watching : List.of(pattern, ServicePattern.ALL)) {
			Watched watched = this.watches.get(watching);
			if (watched != null && watched.nodes.isLive()) {
				return List.of(watched.nodes);
			}
		}
		List<KnownNodes> sources = new ArrayList<>();
		this.watches.values().forEach((watched) -> sources.add(watched.nodes));
		KnownNodes answer = this.answers.get(pattern);
		if (answer != null) {
			sources.add(answer);
		}
		return sources;
	}

	/**
	 * Queries the registry; while it is being connected, as soon as it is.
	 * @return completes after the answer or the timeout, never with an error
	 */
	CompletableFuture<?> refresh(ServicePattern pattern, Duration timeout) {
		CompletableFuture<Connection> connected;
		synchronized (this) {
			Watched watched = this.watches.get(pattern);
			if (this.connection != null && watched != null && watched.nodes.isLive()) {
				return CompletableFuture.completedFuture(null);
			}
			connected = this.whenConnected;
		}
		return connected.copy()
			.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
			.thenCompose((connection) -> query(connection, pattern, 0, new ArrayList<>(), MAX_PAGES))
			.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
			.handle((nodes, error) -> {
				if (error != null) {
					logger.debug("query not answered pattern={}", pattern, error);
					return pattern;
				}
				KnownNodes answer = new KnownNodes(this.registryHost);
				answer.replace(nodes);
				remember(pattern, answer);
				this.changed.accept(pattern);
				return pattern;
			});
	}

	private CompletableFuture<List<NodeServices>> query(Connection connection, ServicePattern pattern, long after,
			List<NodeServices> before, int pagesLeft) {
		return connection.async()
			.sendRecv(new QueryServices(pattern.publisher(), pattern.name(), after), ServicesFound.class)
			.thenCompose((page) -> {
				before.addAll(page.nodes());
				return (page.next() == 0 || pagesLeft == 1) ? CompletableFuture.completedFuture(before)
						: query(connection, pattern, page.next(), before, pagesLeft - 1);
			});
	}

	private synchronized void remember(ServicePattern pattern, KnownNodes answer) {
		this.answers.put(pattern, answer);
		while (this.answers.size() > MAX_ANSWERS) {
			this.answers.remove(this.answers.keySet().iterator().next());
		}
	}

	/**
	 * Forgets an instance that could not be reached, or that another registry has
	 * removed, unless a watch is open that would report its end.
	 */
	synchronized void forget(Instance instance) {
		this.answers.values().forEach((answer) -> answer.forget(instance));
		this.watches.forEach((pattern, watched) -> {
			if (watched.nodes.forget(instance)) {
				this.changed.accept(pattern);
			}
		});
	}

	private static final class Watched {

		private final KnownNodes nodes;

		private @Nullable MessageStream stream;

		Watched(KnownNodes nodes) {
			this.nodes = nodes;
		}

	}

}
