package io.adaptive.node;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.adaptive.builtin.root.LeaseStatistics;
import io.adaptive.builtin.root.ReachabilityToken;
import io.adaptive.builtin.root.RootRegistryStatus;
import io.adaptive.builtin.root.WanScope;
import io.adaptive.builtin.tracing.MessageTracing;
import io.adaptive.builtin.tracing.NodeTracing;
import io.adaptive.builtin.tracing.TraceAccess;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.discovery.Discovery;
import io.adaptive.dispatch.QueueListener;
import io.adaptive.dispatch.ScaleFactors;
import io.adaptive.dispatch.WorkerPool;
import io.adaptive.log.KeyValueLogger;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Priority;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.registry.Announcer;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.ServiceDirectory;
import io.adaptive.server.UnpublishResult;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.stream.ConnectionTelemetry;
import io.adaptive.stream.ObserverGroup;
import io.adaptive.stream.ReceiveBudget;
import io.adaptive.transport.Dialer;
import io.adaptive.transport.ProcessSettings;
import io.adaptive.transport.SocketDirectory;
import io.adaptive.transport.SocketTransport;
import io.adaptive.transport.TcpPort;
import io.adaptive.wire.Codecs;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The framework's runtime in one program: workers, sockets, and the services it
 * publishes. A program needs one; two in one JVM are two nodes that know nothing of each
 * other but what they publish.
 */
public final class AdaptiveNode implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveNode.class);

	private static final ErrorInfo STOPPED = new ErrorInfo(ErrorCode.CANCELLED, "the node is closed");

	/** A peer that does not read must not hold up the end for longer. */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	private final Instance instance;

	private final boolean inMemory;

	private final @Nullable Duration discoverTimeout;

	private final Duration drainTimeout;

	private final NodeTracing tracing;

	private final ConnectionTelemetry telemetry;

	private final WorkerPool workers;

	private final Codecs codecs;

	private final SocketTransport sockets;

	private final NodeScopes scopes;

	private final BuiltinServices builtin;

	private final ServiceDirectory directory = new ServiceDirectory();

	private final Discovery nowhere = new Discovery(List.of());

	private final Discovery discovery;

	private final Dialer dialer;

	private final ConnectionSet clientConnections = new ConnectionSet();

	private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();

	private final List<AdaptiveServer> servers = new CopyOnWriteArrayList<>();

	private final NodeView view;

	private final WarmUp warmUp;

	private final Level level;

	private final NodeHost host;

	private final AtomicBoolean closing = new AtomicBoolean();

	private final CountDownLatch closed = new CountDownLatch(1);

	private AdaptiveNode(AdaptiveNodeBuilder builder, Codecs codecs, ExecutorService background,
			ProviderIdentity.Entry entry) {
		SocketDirectory socketDirectory = entry.directory();
		this.codecs = codecs;
		this.instance = entry.instance();
		this.tracing = new NodeTracing(this.instance, this::newClient,
				new TraceAccess(builder.remoteMarks, builder.remoteTraces), InstantSource.system());
		this.telemetry = new ConnectionTelemetry(this.tracing.tracer(), ObserverGroup.of(builder.messageObservers));
		this.inMemory = builder.inMemory;
		this.discoverTimeout = builder.discoverTimeout;
		this.drainTimeout = builder.drainTimeout;
		this.workers = new WorkerPool(builder.workerKind, builder.scaleFactors, builder.shedding, builder.queueMemory);
		this.sockets = new SocketTransport(this.instance, this.codecs, builder.linkSettings, builder.nativeSockets);
		ProcessSettings processSettings = new ProcessSettings(builder.linkSettings.limits(),
				builder.linkSettings.pending(), this.codecs.preferred(), builder.copyInProcess, builder.callerContext,
				this.sockets.traffic().in(Scope.PROCESS), builder.host.owner());
		this.dialer = new Dialer(this.instance, builder.processSpace, processSettings, this.sockets,
				builder.dialInterceptor);
		ReachabilityToken token = ReachabilityToken.random();
		this.scopes = new NodeScopes(builder, this.instance,
				new NodeScopes.Directory(socketDirectory, entry.place(),
						SocketDirectories.toldIn(builder, socketDirectory)),
				this.sockets, processSettings, this.directory, token, () -> newClient(this.nowhere));
		this.discovery = new Discovery(this.scopes.lookups(), builder.discoveryClock, builder.inMemory);
		this.builtin = new BuiltinServices(builder, this.scopes, this::newBuiltinServer, this.discovery, this.instance,
				this.tracing);
		this.view = new NodeView(this.scopes, this.directory, () -> List.copyOf(this.servers), this.clientConnections,
				this.discovery, this.workers, codecs);
		this.level = builder.warmUpRun ? Level.DEBUG : Level.INFO;
		this.host = builder.warmUpRun ? NodeHost.NONE : builder.host;
		this.warmUp = new WarmUp(this.instance, this.codecs.preferred(), background);
		// Whatever the first message is, what encodes it and carries it is loaded by
		// then.
		this.warmUp.later(() -> this.warmUp.encodable(WorkerStatistics.class));
		if (socketDirectory != null) {
			this.warmUp.later(() -> this.sockets.warmUp(socketDirectory.path()));
		}
		try {
			this.builtin.publishUnlisted(token, newClient(this.nowhere), this.sockets);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
		if (entry.place() != null && builder.isTold()) {
			entry.place().tell(this.builtin.settings().lines());
		}
		if (socketDirectory != null || builder.isTold()) {
			this.warmUp.execute(() -> this.builtin.shareSettings(newClient(), builder.socketDirectoryIsShared));
		}
		this.scopes.start();
		if (builder.warmUpAtOnce) {
			this.warmUp.begin();
		}
		logger.log(this.level, "started node={} scopes={}", this.instance, scopes());
	}

	/**
	 * Starts a node. One that cannot start leaves no trace in the socket directory.
	 */
	static AdaptiveNode start(AdaptiveNodeBuilder builder) {
		ExecutorService background = WarmUp.newThread();
		Codecs codecs = Codecs.available(builder.codec, builder.registeredTypes, WarmUp.background(background));
		SocketDirectory directory = builder.scopes.contains(Scope.OS) ? SocketDirectories.open(builder) : null;
		ProviderIdentity.Entry entry = ProviderIdentity.enter(builder.providerId, builder.isTold(), directory);
		try {
			AdaptiveNode node = new AdaptiveNode(builder, codecs, background, entry);
			node.host.started(node);
			return node;
		}
		catch (RuntimeException | Error ex) {
			entry.leave();
			throw ex;
		}
	}

	/**
	 * Configures a node.
	 * @return a builder with the defaults, or those of the {@linkplain NodeHost host} of
	 * the current thread
	 */
	public static AdaptiveNodeBuilder builder() {
		AdaptiveNodeBuilder builder = new AdaptiveNodeBuilder(NodeHost.current());
		builder.host.configure(builder);
		return builder;
	}

	/**
	 * Makes the first node of the program start and answer sooner, by loading what it
	 * needs while the caller does something else. Takes half a second of processor time
	 * on a thread of its own.
	 */
	public static void preload() {
		WarmUpRun.start(WarmUpRun::bind);
	}

	/**
	 * Begins to prepare, in the background, what encodes and carries the first messages.
	 * More thorough than what the node does by itself: with OS scope it calls itself over
	 * a socket that nobody else sees, if the temporary directory can be written. The log
	 * says when the node is warm. The second time, and once the node is closed, this does
	 * nothing.
	 */
	public void warmUp() {
		if (this.scopes.os().isPresent()) {
			this.warmUp.run(AdaptiveNode::callOnce);
		}
		this.warmUp.begin();
	}

	/**
	 * Prepares types of messages that clients of this program send or receive, in the
	 * background as part of the {@linkplain #warmUp() warm-up}, so that the first call of
	 * each takes milliseconds. Takes some milliseconds of processor time for each. The
	 * types of published services need no such call.
	 * @param types the types of requests and replies
	 */
	public void prepare(Class<?>... types) {
		for (Class<?> type : types) {
			this.warmUp.expect(type);
		}
	}

	private static void callOnce() {
		try {
			WarmUpRun.start(WarmUpRun::call).join();
		}
		catch (InterruptedException ex) {
			// The node closes meanwhile, and the run ends by itself.
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Makes a server.
	 * @return the server, which ends with this node
	 */
	public AdaptiveServer newServer() {
		return newServer(this.builtin.announcers(), (type) -> {
			this.tracing.handles(type);
			this.warmUp.prepare(type);
		});
	}

	private AdaptiveServer newBuiltinServer(Announcer scope) {
		return newServer(List.of(scope), (type) -> {
			// What is asked seldom is prepared when it is asked.
		});
	}

	private AdaptiveServer newServer(List<Announcer> announcers, Consumer<Class<?>> warmUp) {
		AdaptiveServer server = new AdaptiveServer(this.directory, this.workers, this.telemetry, announcers,
				this.inMemory, this.drainTimeout, warmUp);
		this.servers.add(server);
		return server;
	}

	/**
	 * Makes a client, which waits for services as long as the node was told.
	 * @return the client, whose connections end with this node
	 */
	public AdaptiveClient newClient() {
		AdaptiveClient client = newClient(this.discovery);
		return (this.discoverTimeout != null) ? client.discoverTimeout(this.discoverTimeout) : client;
	}

	private AdaptiveClient newClient(Discovery discovery) {
		return new AdaptiveClient(discovery, this.dialer, this.clientConnections, this.workers.callbacks(),
				this.telemetry, this.workers.budget(), this.stopped);
	}

	/**
	 * Reads the numbers of the worker pool.
	 * @return the numbers of this moment
	 */
	public WorkerStatistics workers() {
		return this.workers.statistics();
	}

	/**
	 * Returns what bounds the messages that wait in this node.
	 */
	ReceiveBudget receiveBudget() {
		return this.workers.budget();
	}

	/**
	 * Reads the numbers of this node.
	 * @return the numbers of about this moment
	 */
	public NodeStatistics statistics() {
		return new NodeStatistics(this.workers.statistics(), this.workers.queue(), this.sockets.traffic().statistics(),
				this.discovery.counters().statistics(),
				this.scopes.wan().map(WanScope::leases).orElse(LeaseStatistics.NONE), this.builtin.rootRegistry(),
				this.builtin.relaying(), tracing().statistics());
	}

	/**
	 * Tells somebody how long work waits for a worker. Without a listener no time is
	 * taken.
	 * @param listener is told instead of the one before, {@link QueueListener#NOBODY} to
	 * tell nobody
	 */
	public void queueListener(QueueListener listener) {
		this.workers.listener(listener);
	}

	/**
	 * Changes how the worker pool follows its load, at once.
	 * @param scaleFactors the new factors
	 */
	public void scale(ScaleFactors scaleFactors) {
		this.workers.scale(scaleFactors);
	}

	/**
	 * Changes some of how the worker pool follows its load, at once, and leaves the rest.
	 * @param change gets the factors as they were set, with a maximum of 0 for the
	 * default, and gives the new ones
	 */
	public void scale(UnaryOperator<ScaleFactors> change) {
		this.workers.scale(change);
	}

	/**
	 * Returns the message tracing of this program.
	 * @return marks messages, and reads what became of them
	 */
	public MessageTracing tracing() {
		return this.tracing.tracing();
	}

	/**
	 * Shows what the node does, for the person who runs it.
	 * @return the view, good as long as the node is
	 */
	public NodeView view() {
		return this.view;
	}

	/**
	 * Takes a service back, whichever server of this node published it: it is no longer
	 * found, its clients are told, what is in flight is served within the drain timeout,
	 * then its connections are closed. On a thread that runs a handler, hook or listener
	 * of this node, and on an event loop, this only begins.
	 * @param service the service
	 * @return what became of it or, where this only began, how it stands; empty if this
	 * node does not publish it
	 */
	public Optional<UnpublishResult> unpublish(ServiceName service) {
		return this.directory.unpublish(service, this.workers);
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
		return this.scopes.published();
	}

	/**
	 * Returns where clients of this node can search, which may be more than where it
	 * publishes: LAN and WAN are searched as other programs of this machine were told.
	 * @return the scopes
	 */
	public Set<Scope> searchedScopes() {
		return this.scopes.searched();
	}

	/**
	 * Tells whether this node is confined to its process space, which then stands for all
	 * scopes.
	 * @return whether it was {@linkplain AdaptiveNodeBuilder#inMemory made} so
	 */
	public boolean isInMemory() {
		return this.inMemory;
	}

	/**
	 * Returns where this node accepts connections over TCP, with the port it got.
	 * @return the address, empty before its first service is published there, and for a
	 * node that does not listen
	 */
	public Optional<Endpoint.Tcp> tcpEndpoint() {
		return this.scopes.tcpPort().flatMap(TcpPort::endpoint);
	}

	/**
	 * Tells how this node stands with its root registries.
	 * @return one status for each, none for a node without WAN scope
	 */
	public List<RootRegistryStatus> registries() {
		return this.scopes.wan().map(WanScope::status).orElse(List.of());
	}

	/**
	 * Returns where this node is reached through a reverse proxy.
	 * @return the endpoint, empty while no proxy is connected, and for a node that is not
	 * relayed
	 */
	public Optional<Endpoint.Relayed> relayedEndpoint() {
		return this.scopes.relays().endpoint();
	}

	/**
	 * Keeps the program alive until the node is closed, and closes the node when the
	 * program is told to end: by SIGTERM, Ctrl-C or {@link System#exit}. What is in
	 * flight is served within the drain timeout first. The exit status stays that of the
	 * signal, which is 143 for SIGTERM and 130 for Ctrl-C.
	 * <p>
	 * Returns when the node is closed, at once if it is already. Several threads may call
	 * this. An interrupt closes the node, too; the thread's interrupt flag is set then.
	 * @throws IllegalStateException on a thread that runs a handler, hook or listener of
	 * this node, and on an event loop
	 */
	public void serve() {
		if (!this.workers.mayWait()) {
			throw new IllegalStateException("Thread %s would wait for itself; serve on the main thread of the program"
				.formatted(Thread.currentThread().getName()));
		}
		Thread leave = new Thread(null, this::close, "adaptive-shutdown", 0, false);
		try {
			Runtime.getRuntime().addShutdownHook(leave);
			this.closed.await();
			Runtime.getRuntime().removeShutdownHook(leave);
		}
		catch (InterruptedException ex) {
			close();
			Thread.currentThread().interrupt();
		}
		catch (IllegalStateException ex) {
			// The program ends; it has to wait for the node.
			close();
		}
	}

	/**
	 * Takes back what is published, serves what is in flight within the drain timeout,
	 * and ends. Closing twice does nothing but wait for the first time to be done.
	 * <p>
	 * On a thread that runs a handler, hook or listener of this node, and on an event
	 * loop, this only begins, since it would wait for itself; the rest is done on another
	 * thread, which keeps the program alive meanwhile. {@link #serve()} returns when it
	 * is done.
	 */
	@Override
	public void close() {
		boolean first = this.closing.compareAndSet(false, true);
		if (!this.workers.mayWait()) {
			if (first) {
				new Thread(null, this::closeAll, "adaptive-close", 0, false).start();
			}
		}
		else if (first) {
			closeAll();
		}
		else {
			awaitClosed();
		}
	}

	private void closeAll() {
		try {
			this.scopes.leaveOwnRegistry();
			this.directory.close();
			this.servers.forEach(AdaptiveServer::close);
			this.scopes.leave();
			this.builtin.close();
			this.tracing.close();
			this.stopped.complete(null);
			closeClientConnections();
			this.scopes.close();
			this.warmUp.close();
			this.workers.close();
			this.sockets.close();
			logger.log(this.level, "stopped node={}", this.instance);
		}
		finally {
			this.closed.countDown();
			this.host.closed(this);
		}
	}

	private void awaitClosed() {
		try {
			this.closed.await();
		}
		catch (InterruptedException ex) {
			// The other thread goes on, and ends within the drain timeout.
			Thread.currentThread().interrupt();
		}
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
