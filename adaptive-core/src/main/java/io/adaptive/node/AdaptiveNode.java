package io.adaptive.node;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import io.adaptive.beacon.Beacon;
import io.adaptive.builtin.LanPresence;
import io.adaptive.builtin.LanRegistry;
import io.adaptive.builtin.AdvertisedHosts;
import io.adaptive.builtin.ReachabilityToken;
import io.adaptive.builtin.Relays;
import io.adaptive.builtin.RootRegistry;
import io.adaptive.builtin.RootRegistryStatus;
import io.adaptive.builtin.Unlisted;
import io.adaptive.builtin.WanScope;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.LanScope;
import io.adaptive.discovery.OsScope;
import io.adaptive.discovery.ProcessScope;
import io.adaptive.dispatch.ScaleFactors;
import io.adaptive.dispatch.WorkerPool;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.registry.Announcer;
import io.adaptive.registry.Lookup;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.ServiceDirectory;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.transport.Dialer;
import io.adaptive.transport.ProcessSettings;
import io.adaptive.transport.SocketDirectory;
import io.adaptive.transport.SocketTransport;
import io.adaptive.transport.TcpPort;
import io.adaptive.wire.Codecs;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework's runtime in one program: workers, sockets, and the services it
 * publishes. A program needs one; two in one JVM are two nodes that know nothing of each
 * other but what they publish.
 */
public final class AdaptiveNode implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AdaptiveNode.class);

	private static final ErrorInfo STOPPED = new ErrorInfo(ErrorCode.CANCELLED, "the node is closed");

	/** A peer that does not read must not hold up the end for longer. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Instance instance;

	private final Duration drainTimeout;

	private final WorkerPool workers;

	private final Codecs codecs;

	private final SocketTransport sockets;

	private final @Nullable OsScope osScope;

	private final @Nullable TcpPort tcpPort;

	private final @Nullable Beacon beacon;

	private final @Nullable LanPresence lanPresence;

	private final @Nullable WanScope wanScope;

	private final @Nullable RootRegistry rootRegistry;

	private final ServiceDirectory directory = new ServiceDirectory();

	private final List<Announcer> announcers = new ArrayList<>();

	private final Discovery discovery;

	private final Dialer dialer;

	private final ConnectionSet clientConnections = new ConnectionSet();

	private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();

	private final List<AdaptiveServer> servers = new ArrayList<>();

	private final ExecutorService warmUp;

	private boolean closed;

	AdaptiveNode(AdaptiveNodeBuilder builder) {
		this.instance = new Instance(builder.providerId, new SecureRandom().nextLong());
		this.drainTimeout = builder.drainTimeout;
		SocketDirectory socketDirectory = builder.scopes.contains(Scope.OS) ? openSocketDirectory(builder) : null;
		this.codecs = Codecs.available(builder.codec);
		this.workers = new WorkerPool(builder.workerKind, builder.scaleFactors, builder.shedding);
		this.sockets = new SocketTransport(this.instance, this.codecs, builder.linkSettings, builder.nativeSockets);
		ProcessSettings processSettings = new ProcessSettings(builder.linkSettings.limits(), this.codecs.preferred(),
				builder.copyInProcess);
		this.dialer = new Dialer(this.instance, builder.processSpace, processSettings, this.sockets);
		List<Lookup> lookups = new ArrayList<>();
		if (builder.scopes.contains(Scope.PROCESS)) {
			ProcessScope processScope = new ProcessScope(builder.processSpace, this.instance, processSettings,
					this.directory);
			this.announcers.add(processScope);
			lookups.add(processScope);
		}
		if (socketDirectory != null) {
			this.osScope = new OsScope(socketDirectory, this.instance, this.sockets, this.directory);
			this.announcers.add(this.osScope);
			lookups.add(this.osScope);
		}
		else {
			this.osScope = null;
		}
		this.tcpPort = newTcpPort(builder);
		this.beacon = (builder.lan != null) ? new Beacon(this.instance, builder.lan) : null;
		if (this.tcpPort != null && (builder.listen != null || this.beacon != null)) {
			this.announcers.add(new LanScope(this.tcpPort, this.beacon, this::publishLanRegistry));
		}
		if (this.beacon != null) {
			lookups.add(this.beacon);
		}
		ReachabilityToken token = ReachabilityToken.random();
		this.wanScope = (this.tcpPort != null && !builder.registries.isEmpty())
				? new WanScope(builder.registries, newClient(new Discovery(List.of())), this.tcpPort,
						() -> AdvertisedHosts.of(builder.advertise), token, Relays.NONE)
				: null;
		if (this.wanScope != null) {
			this.announcers.add(this.wanScope);
			lookups.add(this.wanScope);
		}
		this.discovery = new Discovery(lookups);
		this.lanPresence = (this.beacon != null) ? new LanPresence(this.beacon, newClient()) : null;
		if (this.beacon != null && this.lanPresence != null) {
			this.beacon.setPresence(this.lanPresence);
		}
		this.warmUp = Executors.newSingleThreadExecutor((work) -> {
			Thread thread = new Thread(work, "adaptive-warm-up");
			thread.setDaemon(true);
			return thread;
		});
		// Whatever the first message is, what encodes it and carries it is loaded by
		// then.
		this.warmUp.execute(() -> warmUp(WorkerStatistics.class));
		if (socketDirectory != null) {
			this.warmUp.execute(() -> this.sockets.warmUp(socketDirectory.path()));
		}
		try {
			this.rootRegistry = publishBuiltin(builder, token);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
		logger.info("started node={} scopes={}", this.instance, scopes());
	}

	private void publishLanRegistry() {
		if (this.beacon != null) {
			newServer().publish(LanRegistry.over(this.beacon));
		}
	}

	private @Nullable TcpPort newTcpPort(AdaptiveNodeBuilder builder) {
		Endpoint.Tcp address = builder.listenAddress();
		return (address != null) ? new TcpPort(address, this.sockets, this.directory) : null;
	}

	/**
	 * Publishes what other nodes ask for without having found it.
	 */
	private @Nullable RootRegistry publishBuiltin(AdaptiveNodeBuilder builder, ReachabilityToken token) {
		AdaptiveServer server = newServer(List.of(new Unlisted(Scope.WAN)));
		if (this.wanScope != null) {
			server.publish(token.service());
		}
		if (builder.rootRegistry == null || this.tcpPort == null) {
			return null;
		}
		RootRegistry registry = new RootRegistry(builder.rootRegistry, newClient(new Discovery(List.of())),
				this.instance, this::ownHost);
		server.publish(registry.service());
		this.tcpPort.open();
		return registry;
	}

	/**
	 * Where this program reaches its own TCP port.
	 */
	private String ownHost() {
		String host = tcpEndpoint().map(Endpoint.Tcp::host).orElse("");
		boolean isEverywhere = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
		return isEverywhere ? InetAddress.getLoopbackAddress().getHostAddress() : host;
	}

	private void warmUp(Class<?> type) {
		try {
			this.codecs.preferred().warmUp(type);
		}
		catch (RuntimeException ex) {
			logger.warn("message type cannot be encoded type={}", type.getName(), ex);
		}
	}

	private static SocketDirectory openSocketDirectory(AdaptiveNodeBuilder builder) {
		Path path = (builder.socketDirectory != null) ? builder.socketDirectory : SocketDirectory.defaultPath();
		return new SocketDirectory(path);
	}

	/**
	 * Configures a node.
	 * @return a builder with the defaults
	 */
	public static AdaptiveNodeBuilder builder() {
		return new AdaptiveNodeBuilder();
	}

	/**
	 * Makes a server.
	 * @return the server, which ends with this node
	 */
	public AdaptiveServer newServer() {
		return newServer(this.announcers);
	}

	private synchronized AdaptiveServer newServer(List<Announcer> announcers) {
		AdaptiveServer server = new AdaptiveServer(this.directory, this.workers, announcers, this.drainTimeout,
				(type) -> this.warmUp.execute(() -> warmUp(type)));
		this.servers.add(server);
		return server;
	}

	/**
	 * Makes a client.
	 * @return the client, whose connections end with this node
	 */
	public AdaptiveClient newClient() {
		return newClient(this.discovery);
	}

	private AdaptiveClient newClient(Discovery discovery) {
		return new AdaptiveClient(discovery, this.dialer, this.clientConnections,
				(work) -> this.workers.execute(Priority.NORMAL, work), this.stopped);
	}

	/**
	 * Reads the numbers of the worker pool.
	 * @return the numbers of this moment
	 */
	public WorkerStatistics workers() {
		return this.workers.statistics();
	}

	/**
	 * Changes how the worker pool follows its load, at once.
	 * @param scaleFactors the new factors
	 */
	public void scale(ScaleFactors scaleFactors) {
		this.workers.scale(scaleFactors);
	}

	/**
	 * Returns who this node is.
	 * @return the instance
	 */
	public Instance instance() {
		return this.instance;
	}

	/**
	 * Returns where services of this node can be published.
	 * @return the scopes
	 */
	public Set<Scope> scopes() {
		return this.announcers.stream()
			.map(Announcer::scope)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
	}

	/**
	 * Returns where this node accepts connections over TCP, with the port it got.
	 * @return the address, empty before its first service is published there, and for a
	 * node that does not listen
	 */
	public Optional<Endpoint.Tcp> tcpEndpoint() {
		return Optional.ofNullable(this.tcpPort).flatMap(TcpPort::endpoint);
	}

	/**
	 * Tells how this node stands with its root registries.
	 * @return one status for each, none for a node without WAN scope
	 */
	public List<RootRegistryStatus> registries() {
		return (this.wanScope != null) ? this.wanScope.status() : List.of();
	}

	/**
	 * Takes back what is published, serves what is in flight within the drain timeout,
	 * and ends. Closing twice does nothing.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.directory.close();
		this.servers.forEach(AdaptiveServer::close);
		if (this.wanScope != null) {
			this.wanScope.close();
		}
		if (this.rootRegistry != null) {
			this.rootRegistry.close();
		}
		this.stopped.complete(null);
		closeClientConnections();
		if (this.beacon != null && this.lanPresence != null) {
			this.lanPresence.close();
			this.beacon.close();
		}
		if (this.osScope != null) {
			this.osScope.close();
		}
		if (this.tcpPort != null) {
			this.tcpPort.close();
		}
		this.warmUp.shutdownNow();
		this.workers.close();
		this.sockets.close();
		logger.info("stopped node={}", this.instance);
	}

	private void closeClientConnections() {
		try {
			this.clientConnections.close(STOPPED, CLOSE_TIMEOUT);
		}
		catch (InterruptedException ex) {
			// Closing goes on, without waiting for what was sent last.
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String toString() {
		return "node " + this.instance;
	}

}
