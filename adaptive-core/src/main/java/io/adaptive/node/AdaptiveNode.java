package io.adaptive.node;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.OsScope;
import io.adaptive.discovery.ProcessScope;
import io.adaptive.dispatch.ScaleFactors;
import io.adaptive.dispatch.WorkerKind;
import io.adaptive.dispatch.WorkerPool;
import io.adaptive.dispatch.WorkerStatistics;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.Priority;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.registry.Announcer;
import io.adaptive.registry.Lookup;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.ServiceDirectory;
import io.adaptive.stream.ConnectionSet;
import io.adaptive.transport.Dialer;
import io.adaptive.transport.LinkSettings;
import io.adaptive.transport.ProcessSettings;
import io.adaptive.transport.ProcessSpace;
import io.adaptive.transport.SocketDirectory;
import io.adaptive.transport.SocketTransport;
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

	private final ServiceDirectory directory = new ServiceDirectory();

	private final List<Announcer> announcers = new ArrayList<>();

	private final Discovery discovery;

	private final Dialer dialer;

	private final ConnectionSet clientConnections = new ConnectionSet();

	private final CompletableFuture<@Nullable Void> stopped = new CompletableFuture<>();

	private final List<AdaptiveServer> servers = new ArrayList<>();

	private final ExecutorService warmUp;

	private boolean closed;

	private AdaptiveNode(Builder builder) {
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
		this.discovery = new Discovery(lookups);
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
		logger.info("started node={} scopes={}", this.instance, builder.scopes);
	}

	private void warmUp(Class<?> type) {
		try {
			this.codecs.preferred().warmUp(type);
		}
		catch (RuntimeException ex) {
			logger.warn("message type cannot be encoded type={}", type.getName(), ex);
		}
	}

	private static SocketDirectory openSocketDirectory(Builder builder) {
		Path path = (builder.socketDirectory != null) ? builder.socketDirectory : SocketDirectory.defaultPath();
		return new SocketDirectory(path);
	}

	/**
	 * Configures a node.
	 * @return a builder with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Makes a server.
	 * @return the server, which ends with this node
	 */
	public synchronized AdaptiveServer newServer() {
		AdaptiveServer server = new AdaptiveServer(this.directory, this.workers, this.announcers, this.drainTimeout,
				(type) -> this.warmUp.execute(() -> warmUp(type)));
		this.servers.add(server);
		return server;
	}

	/**
	 * Makes a client.
	 * @return the client, whose connections end with this node
	 */
	public AdaptiveClient newClient() {
		return new AdaptiveClient(this.discovery, this.dialer, this.clientConnections,
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
		this.stopped.complete(null);
		closeClientConnections();
		if (this.osScope != null) {
			this.osScope.close();
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

	/**
	 * The settings of a node. For one thread.
	 */
	public static final class Builder {

		private ProviderId providerId = MachineId.get();

		private WorkerKind workerKind = WorkerKind.AUTO;

		private ScaleFactors scaleFactors = ScaleFactors.DEFAULT;

		private boolean shedding;

		private Set<Scope> scopes = EnumSet.of(Scope.PROCESS, Scope.OS);

		private @Nullable Path socketDirectory;

		private ProcessSpace processSpace = ProcessSpace.shared();

		private Duration drainTimeout = Duration.ofSeconds(30);

		private LinkSettings linkSettings = LinkSettings.DEFAULT;

		private boolean nativeSockets = true;

		private String codec = "fory";

		private boolean copyInProcess;

		private Builder() {
		}

		/**
		 * Sets the id of this machine.
		 * @param providerId the id, by default made from the first network card
		 * @return this
		 */
		public Builder providerId(ProviderId providerId) {
			this.providerId = providerId;
			return this;
		}

		/**
		 * Sets what the workers are.
		 * @param workerKind the kind, by default {@link WorkerKind#AUTO}
		 * @return this
		 */
		public Builder workerKind(WorkerKind workerKind) {
			this.workerKind = workerKind;
			return this;
		}

		/**
		 * Sets how the pool of workers follows its load.
		 * @param scaleFactors the factors, by default {@link ScaleFactors#DEFAULT}
		 * @return this
		 */
		public Builder scaleFactors(ScaleFactors scaleFactors) {
			this.scaleFactors = scaleFactors;
			return this;
		}

		/**
		 * Sets how many workers stay when nothing waits, and leaves the other factors.
		 * @param residentWorkers at least 1, by default 1
		 * @return this
		 */
		public Builder residentWorkers(int residentWorkers) {
			this.scaleFactors = this.scaleFactors.withResidentWorkers(residentWorkers);
			return this;
		}

		/**
		 * Sets whether messages are refused at once while the queue of the workers is
		 * full.
		 * @param shedding by default off: the sender's credit is withheld instead
		 * @return this
		 */
		public Builder shedding(boolean shedding) {
			this.shedding = shedding;
			return this;
		}

		/**
		 * Sets where services are published and found.
		 * @param scopes the scopes, by default PROCESS and OS
		 * @return this
		 */
		public Builder scopes(Set<Scope> scopes) {
			this.scopes = Set.copyOf(scopes);
			return this;
		}

		/**
		 * Sets where the sockets of OS scope are.
		 * @param socketDirectory a directory that belongs to this user alone, by default
		 * {@link SocketDirectory#defaultPath()}
		 * @return this
		 */
		public Builder socketDirectory(Path socketDirectory) {
			this.socketDirectory = socketDirectory;
			return this;
		}

		/**
		 * Sets the process space.
		 * @param processSpace the space, by default the one of the JVM
		 * @return this
		 */
		public Builder processSpace(ProcessSpace processSpace) {
			this.processSpace = processSpace;
			return this;
		}

		/**
		 * Sets how long services that leave may go on with what is in flight.
		 * @param drainTimeout the time, by default 30 seconds
		 * @return this
		 */
		public Builder drainTimeout(Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
			return this;
		}

		/**
		 * Sets the limits of connections over sockets.
		 * @param linkSettings the limits
		 * @return this
		 */
		public Builder linkSettings(LinkSettings linkSettings) {
			this.linkSettings = linkSettings;
			return this;
		}

		/**
		 * Sets whether Netty's native sockets are used where there are any.
		 * @param nativeSockets by default on; off uses those of the JDK
		 * @return this
		 */
		public Builder nativeSockets(boolean nativeSockets) {
			this.nativeSockets = nativeSockets;
			return this;
		}

		/**
		 * Sets how the connections that this node opens encode their messages.
		 * Connections that it accepts use what their opener wants.
		 * @param codec {@code fory} (the default) or, with Jackson on the class path,
		 * {@code json} or {@code cbor}
		 * @return this
		 */
		public Builder codec(String codec) {
			this.codec = codec;
			return this;
		}

		/**
		 * Sets whether messages are copied in PROCESS scope too, so that a receiver may
		 * change what it got.
		 * @param copyInProcess by default off: both sides share the object
		 * @return this
		 */
		public Builder copyInProcess(boolean copyInProcess) {
			this.copyInProcess = copyInProcess;
			return this;
		}

		/**
		 * Starts the node. Sockets are bound when the first service needs one.
		 * @return the node, to be closed by the caller
		 * @throws IllegalArgumentException if a setting is out of range, or a scope is
		 * not available
		 */
		public AdaptiveNode build() {
			if (this.scopes.isEmpty() || this.scopes.contains(Scope.LAN) || this.scopes.contains(Scope.WAN)) {
				throw new IllegalArgumentException("The scopes of a node are PROCESS and OS, not " + this.scopes);
			}
			return new AdaptiveNode(this);
		}

	}

}
