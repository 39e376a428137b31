package io.adaptive.node;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.RootRegistry;
import io.adaptive.internal.builtin.tracing.TraceAccess;
import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.node.MachineProvider;
import io.adaptive.internal.node.MessageConfiguration;
import io.adaptive.internal.node.NodeConfiguration;
import io.adaptive.internal.node.NodeReach;
import io.adaptive.internal.node.RunningNode;
import io.adaptive.internal.node.WorkerConfiguration;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.RegisteredTypes;
import io.adaptive.message.CallerContext;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.spi.DialInterceptor;
import io.adaptive.stream.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * A builder of a node. Not thread-safe. Settings changed after {@link #build()} apply to
 * the next node only.
 */
public final class AdaptiveNodeBuilder {

	private @Nullable ProviderId providerId;

	private WorkerKind workerKind = WorkerKind.AUTO;

	private ScaleFactors scaleFactors = ScaleFactors.DEFAULT;

	private boolean shedding;

	private long queueMemory = WorkerPool.DEFAULT_MEMORY;

	private Set<Scope> scopes = EnumSet.of(Scope.PROCESS, Scope.OS);

	private boolean scopesAreSet;

	private Endpoint.@Nullable Tcp listen;

	private @Nullable LanSettings lan;

	private List<Endpoint.Tcp> registries = List.of();

	private List<String> advertise = List.of();

	private @Nullable RootRegistrySettings rootRegistry;

	private @Nullable ReverseProxySettings reverseProxy;

	private Endpoint.@Nullable Tcp relayProxy;

	private @Nullable Path socketDirectory;

	private boolean socketDirectoryIsShared;

	private ProcessSpace processSpace = ProcessSpace.shared();

	private @Nullable Duration discoverTimeout;

	private Duration drainTimeout = Duration.ofSeconds(30);

	private LinkSettings linkSettings = LinkSettings.DEFAULT;

	private boolean nativeSockets = true;

	private String codec = "fory";

	private RegisteredTypes registeredTypes = RegisteredTypes.NONE;

	private int maxMessageDepth = Codecs.DEFAULT_MAX_DEPTH;

	private boolean copyInProcess;

	private boolean inMemory;

	private CallerContext callerContext = CallerContext.NONE;

	private final List<MessageObserver> messageObservers = new ArrayList<>();

	private Set<Scope> remoteMarks = EnumSet.of(Scope.PROCESS, Scope.OS);

	private Set<Scope> remoteTraces = EnumSet.of(Scope.PROCESS, Scope.OS);

	private DialInterceptor dialInterceptor = DialInterceptor.NONE;

	private DiscoveryClock discoveryClock = DiscoveryClock.SYSTEM;

	private boolean warmUpAtOnce = true;

	private final NodeHost host;

	AdaptiveNodeBuilder(NodeHost host) {
		this.host = host;
		host.configure(this);
	}

	/**
	 * Sets the provider id of this machine.
	 * @param providerId the id, by default that of the running programs of this machine,
	 * otherwise derived from the first network interface
	 * @return this
	 * @throws IllegalArgumentException if it contains {@code *}
	 */
	public AdaptiveNodeBuilder providerId(ProviderId providerId) {
		this.providerId = providerId.checkExact();
		return this;
	}

	/**
	 * Sets the kind of worker threads.
	 * @param workerKind the kind, by default {@link WorkerKind#AUTO}
	 * @return this
	 */
	public AdaptiveNodeBuilder workerKind(WorkerKind workerKind) {
		this.workerKind = workerKind;
		return this;
	}

	/**
	 * Sets the scale factors of the worker pool.
	 * @param scaleFactors the factors, by default {@link ScaleFactors#DEFAULT}
	 * @return this
	 */
	public AdaptiveNodeBuilder scaleFactors(ScaleFactors scaleFactors) {
		this.scaleFactors = scaleFactors;
		return this;
	}

	/**
	 * Sets the number of resident workers, and leaves the other scale factors unchanged.
	 * @param residentWorkers the number of workers that stay idle when no message waits,
	 * at least 1, by default 1
	 * @return this
	 */
	public AdaptiveNodeBuilder residentWorkers(int residentWorkers) {
		this.scaleFactors = this.scaleFactors.withResidentWorkers(residentWorkers);
		return this;
	}

	/**
	 * Sets the maximum memory of received messages that no handler or {@code recv} has
	 * taken yet, on all connections of the node together.
	 * @param bytes the size of the messages, at least {@value Limits#MIN_CREDIT}; by
	 * default a quarter of the heap
	 * @return this
	 * @throws IllegalArgumentException if it is less
	 */
	public AdaptiveNodeBuilder queueMemory(long bytes) {
		this.queueMemory = ReceiveBudget.checkMemory(bytes);
		return this;
	}

	/**
	 * Sets whether messages are refused while the queue of the worker pool is full.
	 * @param shedding whether they are refused; by default {@code false}, which withholds
	 * credit from senders instead
	 * @return this
	 */
	public AdaptiveNodeBuilder shedding(boolean shedding) {
		this.shedding = shedding;
		return this;
	}

	/**
	 * Sets the scopes in which services are published and searched for, and no others,
	 * regardless of other settings. Settings of these scopes that are not set here, such
	 * as the port and the secret of LAN, the root registries and the reverse proxy, are
	 * taken from other programs of this machine. Without such a program LAN has
	 * {@link LanSettings#DEFAULT}.
	 * <p>
	 * Without this call, and with no scopes, {@link #lan(LanSettings)} adds LAN and
	 * {@link #registries(List)} adds WAN. Without this call a node also searches, but
	 * does not publish, in LAN and WAN with the settings of other programs of this
	 * machine. {@link #listen(String, int)} accepts connections of programs that know the
	 * address in any case.
	 * @param scopes the scopes, by default PROCESS and OS; none for a node that only
	 * listens
	 * @return this
	 */
	public AdaptiveNodeBuilder scopes(Set<Scope> scopes) {
		this.scopesAreSet = true;
		this.scopes = Set.copyOf(scopes);
		return this;
	}

	/**
	 * Accepts TCP connections from this machine.
	 * @param port the port, 0 for a free one, which {@link AdaptiveNode#tcpEndpoint()}
	 * returns
	 * @return this
	 * @see #listen(String, int)
	 */
	public AdaptiveNodeBuilder listen(int port) {
		return listen(InetAddress.getLoopbackAddress().getHostAddress(), port);
	}

	/**
	 * Accepts TCP connections at an address. Services that are published in PROCESS and
	 * OS scope only are excluded. Connections are neither encrypted nor authenticated:
	 * every host that can reach the port can use the services.
	 * @param host an address of this machine, or a name that resolves to one;
	 * {@code 0.0.0.0} for all addresses
	 * @param port the port, 0 for a free one, which {@link AdaptiveNode#tcpEndpoint()}
	 * returns
	 * @return this
	 * @throws IllegalArgumentException if the host is neither a name nor an address, or
	 * the port is out of range
	 */
	public AdaptiveNodeBuilder listen(String host, int port) {
		this.listen = new Endpoint.Tcp(host, port);
		return this;
	}

	/**
	 * Enables the publication and discovery of services in the local networks. Without
	 * {@link #listen(String, int)} the node listens on all its addresses at a free port,
	 * from its first publication on.
	 * @param lan the settings, such as {@link LanSettings#DEFAULT}; by default LAN is
	 * disabled
	 * @return this
	 */
	public AdaptiveNodeBuilder lan(LanSettings lan) {
		this.lan = lan;
		return this;
	}

	/**
	 * Makes this node a reverse proxy, which provides public ports for nodes that cannot
	 * be reached directly. A root registry is a reverse proxy by default.
	 * @param settings the settings, such as {@link ReverseProxySettings#DEFAULT}
	 * @return this
	 */
	public AdaptiveNodeBuilder reverseProxy(ReverseProxySettings settings) {
		this.reverseProxy = settings;
		return this;
	}

	/**
	 * Enables the publication and discovery of services through root registries. The node
	 * registers with each of them and queries all of them. They need not be available.
	 * Without {@link #listen(String, int)} the node listens on all addresses of the
	 * machine when it publishes a service in WAN scope.
	 * @param registries the addresses of root registries, none (the default) for no WAN
	 * scope
	 * @return this
	 * @throws IllegalArgumentException if an address has no port or an invalid host
	 */
	public AdaptiveNodeBuilder registries(List<Endpoint.Tcp> registries) {
		registries.forEach(AdaptiveNodeBuilder::checkRegistry);
		this.registries = List.copyOf(registries);
		return this;
	}

	/**
	 * Checks the address of a root registry, without resolving or connecting to it.
	 * @param registry the address
	 * @return the same address
	 * @throws IllegalArgumentException if it has no port or an invalid host
	 */
	public static Endpoint.Tcp checkRegistry(Endpoint.Tcp registry) {
		if (registry.port() == 0) {
			throw new IllegalArgumentException("A root registry has a port of its own, not 0: %s".formatted(registry));
		}
		return registry.checkHost();
	}

	/**
	 * Sets the hosts at which other nodes can reach this one, such as the address of the
	 * host of a container. They are tried before the address that a registry observes.
	 * @param hosts host names or IP addresses, by default the addresses of all network
	 * interfaces
	 * @return this
	 * @throws IllegalArgumentException if one is neither a name nor an address
	 */
	public AdaptiveNodeBuilder advertise(List<String> hosts) {
		hosts.forEach((host) -> new Endpoint.Tcp(host, 0));
		this.advertise = List.copyOf(hosts);
		return this;
	}

	/**
	 * Makes this node a root registry, at the address at which it listens. Without
	 * {@link #listen(String, int)} it listens on all addresses of the machine at port
	 * {@value RootRegistry#DEFAULT_PORT}. The registry is not published; its address is
	 * configured in the nodes.
	 * @param settings the settings
	 * @return this
	 */
	public AdaptiveNodeBuilder rootRegistry(RootRegistrySettings settings) {
		this.rootRegistry = settings;
		return this;
	}

	/**
	 * Makes the services of this node reachable through a reverse proxy, in addition to
	 * its own address.
	 * @param host the host of the proxy
	 * @param port the port of the proxy
	 * @return this
	 * @throws IllegalArgumentException if the host is neither a name nor an address, or
	 * the port is out of range
	 * @see AdaptiveNode#relayedEndpoint()
	 */
	public AdaptiveNodeBuilder relayedBy(String host, int port) {
		this.relayProxy = checkRelayProxy(new Endpoint.Tcp(host, port));
		return this;
	}

	/**
	 * Checks the address of a reverse proxy.
	 * @param proxy the address
	 * @return the same address
	 * @throws IllegalArgumentException if it has no port
	 */
	public static Endpoint.Tcp checkRelayProxy(Endpoint.Tcp proxy) {
		if (proxy.port() == 0) {
			throw new IllegalArgumentException("A reverse proxy has a port of its own, not 0: %s".formatted(proxy));
		}
		return proxy.checkHost();
	}

	/**
	 * Sets the directory of the sockets of OS scope.
	 * @param socketDirectory a directory that belongs to this user only, by default
	 * {@link SocketDirectory#defaultPath()}; created if missing
	 * @return this
	 * @throws IllegalArgumentException if the path is too long for sockets
	 */
	public AdaptiveNodeBuilder socketDirectory(Path socketDirectory) {
		this.socketDirectory = SocketDirectory.checkPath(socketDirectory);
		this.socketDirectoryIsShared = false;
		return this;
	}

	/**
	 * Sets a directory of the sockets of OS scope that is shared by programs of several
	 * users. Every user with access to the directory can use all services in it.
	 * @param socketDirectory a directory; created with access for all users if missing
	 * @return this
	 * @throws IllegalArgumentException if the path is too long for sockets
	 */
	public AdaptiveNodeBuilder sharedSocketDirectory(Path socketDirectory) {
		this.socketDirectory = SocketDirectory.checkPath(socketDirectory);
		this.socketDirectoryIsShared = true;
		return this;
	}

	/**
	 * Sets the process space.
	 * @param processSpace the space, by default that of the JVM
	 * @return this
	 */
	public AdaptiveNodeBuilder processSpace(ProcessSpace processSpace) {
		this.processSpace = processSpace;
		return this;
	}

	/**
	 * Sets the default discover timeout of the clients of the node.
	 * @param discoverTimeout the timeout; zero does not wait; by default, and from 100
	 * years on, there is no limit
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 * @see AdaptiveClient#discoverTimeout(Duration)
	 */
	public AdaptiveNodeBuilder discoverTimeout(Duration discoverTimeout) {
		this.discoverTimeout = AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
		return this;
	}

	/**
	 * Sets the default drain timeout: the time to complete messages in flight when a
	 * service is unpublished.
	 * @param drainTimeout the timeout, by default 30 seconds
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 * @see Service#drainTimeout(Duration)
	 */
	public AdaptiveNodeBuilder drainTimeout(Duration drainTimeout) {
		this.drainTimeout = Service.checkDrainTimeout(drainTimeout);
		return this;
	}

	/**
	 * Sets the limits and timeouts of connections. The timeouts apply to connections over
	 * sockets.
	 * @param linkSettings the settings
	 * @return this
	 */
	public AdaptiveNodeBuilder linkSettings(LinkSettings linkSettings) {
		this.linkSettings = linkSettings;
		return this;
	}

	/**
	 * Sets whether to use Netty's native transport where available.
	 * @param nativeSockets whether to use it, by default {@code true}; otherwise the
	 * sockets of the JDK are used
	 * @return this
	 */
	public AdaptiveNodeBuilder nativeSockets(boolean nativeSockets) {
		this.nativeSockets = nativeSockets;
		return this;
	}

	/**
	 * Sets the codec of connections that this node opens. The opener of a connection
	 * chooses the codec for both directions.
	 * @param codec {@code fory} (the default) or, with Jackson on the class path,
	 * {@code json} or {@code cbor}
	 * @return this
	 */
	public AdaptiveNodeBuilder codec(String codec) {
		this.codec = codec;
		return this;
	}

	/**
	 * Registers types by their message names. Messages can contain their values where
	 * they declare {@code Object} or an interface, and the types can be received without
	 * naming them. Both ends have to register them. Received data is otherwise decoded
	 * only to types named by handlers and receivers, and to types that these declare.
	 * @param types concrete or sealed types, by default none; a sealed type registers its
	 * permitted types. Values of the JDK need no registration
	 * @return this
	 * @throws IllegalArgumentException if a type is neither concrete nor sealed, or two
	 * have the same name
	 */
	public AdaptiveNodeBuilder registerTypes(Collection<Class<?>> types) {
		this.registeredTypes = RegisteredTypes.of(types);
		return this;
	}

	/**
	 * Sets the limit of the levels of nesting of a message. The sender refuses a deeper
	 * one; a receiver refuses bytes with more than twice as many levels. Each object,
	 * collection and array counts as one level, and as two where JSON and CBOR name its
	 * type. Both ends need stacks of threads for it: some hundred bytes for each level.
	 * @param levels the limit, from 10 to 10,000, by default 500
	 * @return this
	 * @throws IllegalArgumentException if it is out of range
	 */
	public AdaptiveNodeBuilder maxMessageDepth(int levels) {
		this.maxMessageDepth = Codecs.checkMaxDepth(levels);
		return this;
	}

	/**
	 * Sets whether messages in PROCESS scope are copied, so that a receiver may modify
	 * them.
	 * @param copyInProcess whether they are copied; by default {@code false}, so that
	 * both sides share the object
	 * @return this
	 * @see AdaptiveClient#copyInProcess(boolean)
	 */
	public AdaptiveNodeBuilder copyInProcess(boolean copyInProcess) {
		this.copyInProcess = copyInProcess;
		return this;
	}

	/**
	 * Sets the propagation of thread-bound context from callers to handlers within the
	 * process.
	 * @param callerContext the propagation, by default {@link CallerContext#NONE}
	 * @return this
	 */
	public AdaptiveNodeBuilder callerContext(CallerContext callerContext) {
		this.callerContext = callerContext;
		return this;
	}

	/**
	 * Sets the scopes from which other programs may mark messages of this one for
	 * tracing.
	 * @param remoteMarks the scopes, by default PROCESS and OS: programs of the same user
	 * on this machine; empty to permit none
	 * @return this
	 * @see AdaptiveNode#tracing()
	 */
	public AdaptiveNodeBuilder remoteMarks(Set<Scope> remoteMarks) {
		this.remoteMarks = Set.copyOf(remoteMarks);
		return this;
	}

	/**
	 * Sets the scopes from which other programs may read and clear the traces collected
	 * by this one, and add their records. Traces contain the text of messages.
	 * @param remoteTraces the scopes, by default PROCESS and OS: programs of the same
	 * user on this machine; empty to permit none
	 * @return this
	 * @see AdaptiveNode#tracing()
	 */
	public AdaptiveNodeBuilder remoteTraces(Set<Scope> remoteTraces) {
		this.remoteTraces = Set.copyOf(remoteTraces);
		return this;
	}

	/**
	 * Confines the node to one process space, regardless of other settings. The node
	 * opens no socket and no file, and communicates only with nodes of that space, which
	 * represents all scopes: publications and searches in other scopes take place there.
	 * @param processSpace the space
	 * @return this
	 */
	public AdaptiveNodeBuilder inMemory(ProcessSpace processSpace) {
		this.inMemory = true;
		this.scopesAreSet = true;
		this.scopes = EnumSet.of(Scope.PROCESS);
		this.listen = null;
		this.lan = null;
		this.registries = List.of();
		this.rootRegistry = null;
		this.reverseProxy = null;
		this.relayProxy = null;
		return processSpace(processSpace);
	}

	/**
	 * Adds an observer of the messages that clients of this node send and its handlers
	 * handle.
	 * @param messageObserver the observer, in addition to those already added; by default
	 * there is none
	 * @return this
	 */
	public AdaptiveNodeBuilder messageObserver(MessageObserver messageObserver) {
		this.messageObservers.add(messageObserver);
		return this;
	}

	/**
	 * Sets the interceptor of links that the node opens.
	 * @param dialInterceptor the interceptor, by default {@link DialInterceptor#NONE}
	 * @return this
	 */
	public AdaptiveNodeBuilder dialInterceptor(DialInterceptor dialInterceptor) {
		this.dialInterceptor = dialInterceptor;
		return this;
	}

	/**
	 * Sets the clock for the timeouts and delays of the clients of the node.
	 * @param discoveryClock the clock, by default {@link DiscoveryClock#SYSTEM}
	 * @return this
	 */
	public AdaptiveNodeBuilder discoveryClock(DiscoveryClock discoveryClock) {
		this.discoveryClock = discoveryClock;
		return this;
	}

	/**
	 * Sets whether the warm-up begins when the node is built. That slows down the start
	 * of the program on a machine with few processors.
	 * @param warmUpAtOnce whether it does, by default {@code true}; otherwise
	 * {@link AdaptiveNode#warmUp()} starts it
	 * @return this
	 */
	public AdaptiveNodeBuilder warmUpAtOnce(boolean warmUpAtOnce) {
		this.warmUpAtOnce = warmUpAtOnce;
		return this;
	}

	/**
	 * Builds and starts the node. Sockets are bound when the first service needs them.
	 * @return the node, to be closed by the caller
	 * @throws IllegalArgumentException if a setting is out of range or a scope is not
	 * available
	 * @throws io.adaptive.message.SocketDirectoryException if the directory of OS scope
	 * cannot be used
	 */
	public AdaptiveNode build() {
		return RunningNode.start(configuration());
	}

	/**
	 * Chooses the provider id that a node would have if it were built now, without one:
	 * nothing is bound or published and no thread is started. With OS scope the socket
	 * directory is read, and created if needed.
	 * @return the id of this machine
	 * @throws IllegalArgumentException if the id that was set contradicts the programs
	 * that run
	 * @throws io.adaptive.message.SocketDirectoryException if the directory of OS scope
	 * cannot be used
	 */
	public ProviderId chooseProviderId() {
		return this.scopes.contains(Scope.OS)
				? MachineProvider.choose(this.providerId, this.socketDirectory, this.socketDirectoryIsShared)
				: MachineProvider.choose(this.providerId);
	}

	private NodeConfiguration configuration() {
		return new NodeConfiguration(this.providerId,
				new WorkerConfiguration(this.workerKind, this.scaleFactors, this.shedding, this.queueMemory),
				new NodeReach(this.scopes, this.scopesAreSet, this.listen, this.lan, this.registries, this.advertise,
						this.rootRegistry, this.reverseProxy, this.relayProxy),
				new NodeConfiguration.SocketDirectorySetting(this.socketDirectory, this.socketDirectoryIsShared),
				this.processSpace.common(), this.inMemory,
				new MessageConfiguration(this.linkSettings, this.nativeSockets, this.codec, this.registeredTypes,
						this.maxMessageDepth, this.copyInProcess, this.callerContext, this.messageObservers,
						this.dialInterceptor),
				new TraceAccess(this.remoteMarks, this.remoteTraces), this.discoverTimeout, this.drainTimeout,
				this.discoveryClock, this.host, this.warmUpAtOnce ? NodeConfiguration.WarmUpSetting.AT_ONCE
						: NodeConfiguration.WarmUpSetting.WHEN_TOLD);
	}

}
