package io.adaptive.internal.node;

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

import io.adaptive.node.NodeHost;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.ReachabilityToken;
import io.adaptive.internal.builtin.root.WanScope;
import io.adaptive.internal.builtin.tracing.NodeTracing;
import io.adaptive.internal.client.DiscoveringClient;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.server.PublishingServer;
import io.adaptive.internal.server.ServiceDirectory;
import io.adaptive.internal.stream.ConnectionSet;
import io.adaptive.internal.stream.ConnectionTelemetry;
import io.adaptive.internal.stream.ObserverGroup;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.Dialer;
import io.adaptive.internal.transport.ProcessSettings;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.NodeStatistics;
import io.adaptive.node.NodeView;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.UnpublishResult;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.spi.Announcer;
import io.adaptive.status.LeaseStatistics;
import io.adaptive.status.QueueListener;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.trace.MessageTracing;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The {@link AdaptiveNode} itself: wires the rooms together, and ends them in order.
 */
public final class RunningNode implements AdaptiveNode {

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

	private RunningNode(NodeConfiguration configuration, Codecs codecs, ExecutorService background,
			ProviderIdentity.Entry entry) {
		MessageConfiguration messages = configuration.messages();
		WorkerConfiguration workers = configuration.workers();
		SocketDirectory socketDirectory = entry.directory();
		this.codecs = codecs;
		this.instance = entry.instance();
		this.tracing = new NodeTracing(this.instance, this::newClient, configuration.traceAccess(),
				InstantSource.system());
		this.telemetry = new ConnectionTelemetry(this.tracing.tracer(), ObserverGroup.of(messages.observers()));
		this.inMemory = configuration.inMemory();
		this.discoverTimeout = configuration.discoverTimeout();
		this.drainTimeout = configuration.drainTimeout();
		this.workers = new WorkerPool(workers.kind(), workers.factors(), workers.shedding(), workers.queueMemory());
		this.sockets = new SocketTransport(this.instance, this.codecs, messages.links(), messages.nativeSockets());
		ProcessSettings processSettings = new ProcessSettings(messages.links().limits(), messages.links().pending(),
				this.codecs.preferred(), messages.copyInProcess(), messages.callerContext(),
				this.sockets.traffic().in(Scope.PROCESS), configuration.host().owner());
		this.dialer = new Dialer(this.instance, configuration.processTable(), processSettings, this.sockets,
				messages.dialInterceptor());
		ReachabilityToken token = ReachabilityToken.random();
		this.scopes = new NodeScopes(configuration, this.instance,
				new NodeScopes.Directory(socketDirectory, entry.place(),
						SocketDirectories.toldIn(configuration, socketDirectory)),
				this.sockets, processSettings, this.directory, token, () -> newClient(this.nowhere));
		this.discovery = new Discovery(this.scopes.lookups(), configuration.discoveryClock(), configuration.inMemory());
		this.builtin = new BuiltinServices(configuration.reach(), this.scopes, this::newBuiltinServer, this.discovery,
				this.instance, this.tracing);
		this.view = new RunningNodeView(this.scopes, this.directory, () -> List.copyOf(this.servers),
				this.clientConnections, this.discovery, this.workers, codecs);
		this.level = (configuration.warmUp() == NodeConfiguration.WarmUpSetting.IS_WARM_UP_RUN) ? Level.DEBUG
				: Level.INFO;
		this.host = configuration.host();
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
		if (entry.place() != null && configuration.reach().isTold()) {
			entry.place().tell(this.builtin.settings().lines());
		}
		if (socketDirectory != null || configuration.reach().isTold()) {
			this.warmUp
				.execute(() -> this.builtin.shareSettings(newClient(), configuration.socketDirectory().shared()));
		}
		this.scopes.start();
		if (configuration.warmUp() == NodeConfiguration.WarmUpSetting.AT_ONCE) {
			this.warmUp.begin();
		}
		logger.log(this.level, "started node={} scopes={}", this.instance, scopes());
	}

	/**
	 * Starts a node. One that cannot start leaves no trace in the socket directory.
	 */
	public static RunningNode start(NodeConfiguration configuration) {
		configuration.reach().check();
		ExecutorService background = WarmUp.newThread();
		MessageConfiguration messages = configuration.messages();
		Codecs codecs = Codecs.available(messages.codec(), messages.registeredTypes(), WarmUp.background(background));
		SocketDirectory directory = configuration.reach().scopes().contains(Scope.OS)
				? SocketDirectories.open(configuration.socketDirectory()) : null;
		ProviderIdentity.Entry entry = ProviderIdentity.enter(configuration.providerId(),
				configuration.reach().isTold(), directory);
		try {
			RunningNode node = new RunningNode(configuration, codecs, background, entry);
			node.host.started(node);
			return node;
		}
		catch (RuntimeException | Error ex) {
			entry.leave();
			throw ex;
		}
	}

	@Override
	public void warmUp() {
		if (this.scopes.os().isPresent()) {
			this.warmUp.run(RunningNode::callOnce);
		}
		this.warmUp.begin();
	}

	@Override
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

	@Override
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
		PublishingServer server = new PublishingServer(this.directory, this.workers, this.telemetry, announcers,
				this.inMemory, this.drainTimeout, warmUp);
		this.servers.add(server);
		return server;
	}

	@Override
	public AdaptiveClient newClient() {
		AdaptiveClient client = newClient(this.discovery);
		return (this.discoverTimeout != null) ? client.discoverTimeout(this.discoverTimeout) : client;
	}

	private AdaptiveClient newClient(Discovery discovery) {
		return new DiscoveringClient(discovery, this.dialer, this.clientConnections, this.workers.callbacks(),
				this.telemetry, this.workers.budget(), this.stopped);
	}

	@Override
	public WorkerStatistics workers() {
		return this.workers.statistics();
	}

	/**
	 * Returns what bounds the messages that wait in this node.
	 * @return the budget
	 */
	public ReceiveBudget receiveBudget() {
		return this.workers.budget();
	}

	@Override
	public NodeStatistics statistics() {
		return new NodeStatistics(this.workers.statistics(), this.workers.queue(), this.sockets.traffic().statistics(),
				this.discovery.counters().statistics(),
				this.scopes.wan().map(WanScope::leases).orElse(LeaseStatistics.NONE), this.builtin.rootRegistry(),
				this.builtin.relaying(), tracing().statistics());
	}

	@Override
	public void queueListener(QueueListener listener) {
		this.workers.listener(listener);
	}

	@Override
	public void scale(ScaleFactors scaleFactors) {
		this.workers.scale(scaleFactors);
	}

	@Override
	public void scale(UnaryOperator<ScaleFactors> change) {
		this.workers.scale(change);
	}

	@Override
	public MessageTracing tracing() {
		return this.tracing.tracing();
	}

	@Override
	public NodeView view() {
		return this.view;
	}

	@Override
	public Optional<UnpublishResult> unpublish(ServiceName service) {
		return this.directory.unpublish(service, this.workers);
	}

	@Override
	public Instance instance() {
		return this.instance;
	}

	@Override
	public Set<Scope> scopes() {
		return this.scopes.published();
	}

	@Override
	public Set<Scope> searchedScopes() {
		return this.scopes.searched();
	}

	@Override
	public boolean isInMemory() {
		return this.inMemory;
	}

	@Override
	public Optional<Endpoint.Tcp> tcpEndpoint() {
		return this.scopes.tcpPort().flatMap(TcpPort::endpoint);
	}

	@Override
	public List<RootRegistryStatus> registries() {
		return this.scopes.wan().map(WanScope::status).orElse(List.of());
	}

	@Override
	public Optional<Endpoint.Relayed> relayedEndpoint() {
		return this.scopes.relays().endpoint();
	}

	@Override
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
