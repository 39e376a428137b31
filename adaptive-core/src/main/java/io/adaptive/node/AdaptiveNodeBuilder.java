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
import io.adaptive.internal.node.MessageConfiguration;
import io.adaptive.internal.node.NodeConfiguration;
import io.adaptive.internal.node.NodeReach;
import io.adaptive.internal.node.RunningNode;
import io.adaptive.internal.node.WorkerConfiguration;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.internal.transport.SocketDirectory;
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
 * The settings of a node. For one thread. What is set after {@link #build()} concerns the
 * next node only.
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
	 * Sets the id of this machine.
	 * @param providerId the id, by default that of the programs that run already, else
	 * made from the first network interface
	 * @return this
	 * @throws IllegalArgumentException if it holds a star
	 */
	public AdaptiveNodeBuilder providerId(ProviderId providerId) {
		this.providerId = providerId.checkExact();
		return this;
	}

	/**
	 * Sets what the workers are.
	 * @param workerKind the kind, by default {@link WorkerKind#AUTO}
	 * @return this
	 */
	public AdaptiveNodeBuilder workerKind(WorkerKind workerKind) {
		this.workerKind = workerKind;
		return this;
	}

	/**
	 * Sets how the pool of workers follows its load.
	 * @param scaleFactors the factors, by default {@link ScaleFactors#DEFAULT}
	 * @return this
	 */
	public AdaptiveNodeBuilder scaleFactors(ScaleFactors scaleFactors) {
		this.scaleFactors = scaleFactors;
		return this;
	}

	/**
	 * Sets how many workers stay when nothing waits, and leaves the other factors.
	 * @param residentWorkers at least 1, by default 1
	 * @return this
	 */
	public AdaptiveNodeBuilder residentWorkers(int residentWorkers) {
		this.scaleFactors = this.scaleFactors.withResidentWorkers(residentWorkers);
		return this;
	}

	/**
	 * Sets how much memory messages may take that were received and not taken, by a
	 * handler or {@code recv}, on all connections of the node together.
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
	 * Sets whether messages are refused at once while the queue of the workers is full.
	 * @param shedding by default off: the sender's credit is withheld instead
	 * @return this
	 */
	public AdaptiveNodeBuilder shedding(boolean shedding) {
		this.shedding = shedding;
		return this;
	}

	/**
	 * Sets where services are published and found: in these scopes and in no other,
	 * whatever else is set. What is not set of a scope that is named, such as the port
	 * and the secret of LAN, the root registries and the reverse proxy, comes from
	 * programs of this machine that were given it; without such a program LAN has
	 * {@link LanSettings#DEFAULT}.
	 * <p>
	 * Without this, and with no scope, LAN is among the scopes of a node with
	 * {@link #lan(LanSettings)}, WAN of one with {@link #registries(List)}. Without this
	 * a node also searches, but does not publish in, LAN and WAN as other programs of
	 * this machine were told. {@link #listen(String, int)} serves programs that know the
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
	 * Lets programs of this machine reach the services over TCP.
	 * @param port the port, 0 for a free one, which {@link AdaptiveNode#tcpEndpoint()}
	 * tells
	 * @return this
	 * @see #listen(String, int)
	 */
	public AdaptiveNodeBuilder listen(int port) {
		return listen(InetAddress.getLoopbackAddress().getHostAddress(), port);
	}

	/**
	 * Lets other machines reach the services over TCP, all but those that are published
	 * for nearer scopes than LAN only. Without this a node accepts no TCP connection.
	 * Connections are neither encrypted nor authenticated: whoever can reach the port can
	 * use the services.
	 * @param host an address of this machine, or a name that leads to one;
	 * {@code 0.0.0.0} for all of them
	 * @param port the port, 0 for a free one, which {@link AdaptiveNode#tcpEndpoint()}
	 * tells
	 * @return this
	 * @throws IllegalArgumentException if the host is neither a name nor an address, or
	 * the port is out of range
	 */
	public AdaptiveNodeBuilder listen(String host, int port) {
		this.listen = new Endpoint.Tcp(host, port);
		return this;
	}

	/**
	 * Lets services be published and found in the local networks. Without
	 * {@link #listen(String, int)} the node listens on all its addresses, on a free port,
	 * from its first service on.
	 * @param lan how the node takes part, such as {@link LanSettings#DEFAULT}; by default
	 * it does not
	 * @return this
	 */
	public AdaptiveNodeBuilder lan(LanSettings lan) {
		this.lan = lan;
		return this;
	}

	/**
	 * Makes this node a reverse proxy, which gives nodes that cannot be reached a public
	 * port next to the one that it listens on. A root registry is one anyway.
	 * @param settings how, such as {@link ReverseProxySettings#DEFAULT}
	 * @return this
	 */
	public AdaptiveNodeBuilder reverseProxy(ReverseProxySettings settings) {
		this.reverseProxy = settings;
		return this;
	}

	/**
	 * Lets other nodes, anywhere, find the services of this one, and this one theirs: it
	 * registers with each of these root registries and asks all of them. None of them
	 * need be there. Unless {@link #listen(String, int)} says where, the node listens on
	 * all addresses of the machine as soon as it publishes a service in WAN scope.
	 * @param registries the addresses of root registries, none (the default) for no WAN
	 * scope
	 * @return this
	 * @throws IllegalArgumentException if one has no port, or a host that can be none
	 */
	public AdaptiveNodeBuilder registries(List<Endpoint.Tcp> registries) {
		registries.forEach(AdaptiveNodeBuilder::checkRegistry);
		this.registries = List.copyOf(registries);
		return this;
	}

	/**
	 * Checks the address of a root registry, without looking whether it is there.
	 * @param registry the address that is to be set
	 * @return the same address
	 * @throws IllegalArgumentException if it has no port, or its host can be none
	 */
	public static Endpoint.Tcp checkRegistry(Endpoint.Tcp registry) {
		if (registry.port() == 0) {
			throw new IllegalArgumentException("A root registry has a port of its own, not 0: %s".formatted(registry));
		}
		return registry.checkHost();
	}

	/**
	 * Sets under which hosts other nodes may reach this one, such as the address of the
	 * machine around a container. They are tried before the address that a registry sees.
	 * @param hosts names or addresses, by default those of all network interfaces
	 * @return this
	 * @throws IllegalArgumentException if one is neither a name nor an address
	 */
	public AdaptiveNodeBuilder advertise(List<String> hosts) {
		hosts.forEach((host) -> new Endpoint.Tcp(host, 0));
		this.advertise = List.copyOf(hosts);
		return this;
	}

	/**
	 * Makes this node a root registry, at the address where it listens; unless
	 * {@link #listen(String, int)} says where, on all addresses of the machine at port
	 * {@value RootRegistry#DEFAULT_PORT}. The service is not registered anywhere, nodes
	 * are told the address.
	 * @param settings the settings
	 * @return this
	 */
	public AdaptiveNodeBuilder rootRegistry(RootRegistrySettings settings) {
		this.rootRegistry = settings;
		return this;
	}

	/**
	 * Makes the services of this node reachable through a reverse proxy, as well as where
	 * it listens.
	 * @param host where the proxy listens
	 * @param port its port
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
	 * @param proxy the address that is to be set
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
	 * Sets where the sockets of OS scope are.
	 * @param socketDirectory a directory that belongs to this user alone, by default
	 * {@link SocketDirectory#defaultPath()}; one that is not there is made
	 * @return this
	 * @throws IllegalArgumentException if the path is too long for sockets
	 */
	public AdaptiveNodeBuilder socketDirectory(Path socketDirectory) {
		this.socketDirectory = SocketDirectory.checkPath(socketDirectory);
		this.socketDirectoryIsShared = false;
		return this;
	}

	/**
	 * Sets where the sockets of OS scope are, for the programs of several users: whoever
	 * may enter the directory can use all services there.
	 * @param socketDirectory a directory; one that is not there is made, open to
	 * everybody
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
	 * @param processSpace the space, by default the one of the JVM
	 * @return this
	 */
	public AdaptiveNodeBuilder processSpace(ProcessSpace processSpace) {
		this.processSpace = processSpace;
		return this;
	}

	/**
	 * Limits how long the clients of the node wait for a service, unless a client has a
	 * limit of its own.
	 * @param discoverTimeout the limit, zero for not at all; by default, and from a
	 * hundred years on, there is none
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 * @see AdaptiveClient#discoverTimeout(Duration)
	 */
	public AdaptiveNodeBuilder discoverTimeout(Duration discoverTimeout) {
		this.discoverTimeout = AdaptiveClient.checkDiscoverTimeout(discoverTimeout);
		return this;
	}

	/**
	 * Sets how long services that leave may go on with what is in flight.
	 * @param drainTimeout the time, by default 30 seconds
	 * @return this
	 * @throws IllegalArgumentException if it is negative
	 * @see Service#drainTimeout(Duration)
	 */
	public AdaptiveNodeBuilder drainTimeout(Duration drainTimeout) {
		this.drainTimeout = Service.checkDrainTimeout(drainTimeout);
		return this;
	}

	/**
	 * Sets the limits of connections. The times are those of connections over sockets.
	 * @param linkSettings the limits
	 * @return this
	 */
	public AdaptiveNodeBuilder linkSettings(LinkSettings linkSettings) {
		this.linkSettings = linkSettings;
		return this;
	}

	/**
	 * Sets whether Netty's native sockets are used where there are any.
	 * @param nativeSockets by default on; off uses those of the JDK
	 * @return this
	 */
	public AdaptiveNodeBuilder nativeSockets(boolean nativeSockets) {
		this.nativeSockets = nativeSockets;
		return this;
	}

	/**
	 * Sets how the connections that this node opens encode their messages. Connections
	 * that it accepts use what their opener wants.
	 * @param codec {@code fory} (the default) or, with Jackson on the class path,
	 * {@code json} or {@code cbor}
	 * @return this
	 */
	public AdaptiveNodeBuilder codec(String codec) {
		this.codec = codec;
		return this;
	}

	/**
	 * Registers types by their message names. Their values may stand where a message
	 * declares {@code Object} or an interface, and may be received without naming their
	 * type; both ends have to register them. All other types that are ever made of what
	 * arrives are those that handlers and receivers name, with what these declare.
	 * @param types concrete or sealed types, by default none; a sealed type stands for
	 * its permitted types. Values of the JDK need no registration
	 * @return this
	 * @throws IllegalArgumentException if a type is neither concrete nor sealed, or two
	 * have the same name
	 */
	public AdaptiveNodeBuilder registerTypes(Collection<Class<?>> types) {
		this.registeredTypes = RegisteredTypes.of(types);
		return this;
	}

	/**
	 * Sets whether messages are copied in PROCESS scope too, so that a receiver may
	 * change what it got.
	 * @param copyInProcess by default off: both sides share the object
	 * @return this
	 * @see AdaptiveClient#copyInProcess(boolean)
	 */
	public AdaptiveNodeBuilder copyInProcess(boolean copyInProcess) {
		this.copyInProcess = copyInProcess;
		return this;
	}

	/**
	 * Sets what the threads of callers carry to handlers of this process besides
	 * messages.
	 * @param callerContext by default nothing
	 * @return this
	 */
	public AdaptiveNodeBuilder callerContext(CallerContext callerContext) {
		this.callerContext = callerContext;
		return this;
	}

	/**
	 * Sets where those programs are that may mark messages of this one for tracing.
	 * @param remoteMarks the scopes in which they reach this program, by default PROCESS
	 * and OS, which is this user's programs on this machine; none for nobody
	 * @return this
	 * @see AdaptiveNode#tracing()
	 */
	public AdaptiveNodeBuilder remoteMarks(Set<Scope> remoteMarks) {
		this.remoteMarks = Set.copyOf(remoteMarks);
		return this;
	}

	/**
	 * Sets where those programs are that may read and clear the traces that this one
	 * collects, and whose records it collects. Traces show the text of messages.
	 * @param remoteTraces the scopes in which they reach this program, by default PROCESS
	 * and OS, which is this user's programs on this machine; none for nobody
	 * @return this
	 * @see AdaptiveNode#tracing()
	 */
	public AdaptiveNodeBuilder remoteTraces(Set<Scope> remoteTraces) {
		this.remoteTraces = Set.copyOf(remoteTraces);
		return this;
	}

	/**
	 * Confines the node to one process space, whatever was set before: it opens no socket
	 * and no file, and meets nobody but the nodes of that space, which stands for all
	 * scopes. What is to be published or searched in another scope is so there.
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
	 * Adds somebody who watches the messages that clients of this node send and its
	 * handlers handle, for observations and logging.
	 * @param messageObserver by default nobody; several add up
	 * @return this
	 */
	public AdaptiveNodeBuilder messageObserver(MessageObserver messageObserver) {
		this.messageObservers.add(messageObserver);
		return this;
	}

	/**
	 * Sets who stands before each link that the node opens.
	 * @param dialInterceptor the interceptor, by default {@link DialInterceptor#NONE}
	 * @return this
	 */
	public AdaptiveNodeBuilder dialInterceptor(DialInterceptor dialInterceptor) {
		this.dialInterceptor = dialInterceptor;
		return this;
	}

	/**
	 * Sets by what time the node's clients wait for services and connections.
	 * @param discoveryClock the clock, by default {@link DiscoveryClock#SYSTEM}
	 * @return this
	 */
	public AdaptiveNodeBuilder discoveryClock(DiscoveryClock discoveryClock) {
		this.discoveryClock = discoveryClock;
		return this;
	}

	/**
	 * Sets whether the node prepares itself for the first messages while the program
	 * still starts, which slows down the start on a machine with few processors.
	 * @param warmUpAtOnce by default on; else {@link AdaptiveNode#warmUp()} does it
	 * @return this
	 */
	public AdaptiveNodeBuilder warmUpAtOnce(boolean warmUpAtOnce) {
		this.warmUpAtOnce = warmUpAtOnce;
		return this;
	}

	/**
	 * Starts the node. Sockets are bound when the first service needs one.
	 * @return the node, to be closed by the caller
	 * @throws IllegalArgumentException if a setting is out of range, or a scope is not
	 * available
	 * @throws io.adaptive.message.SocketDirectoryException if the directory of OS scope
	 * cannot be used
	 */
	public AdaptiveNode build() {
		return RunningNode.start(configuration());
	}

	private NodeConfiguration configuration() {
		return new NodeConfiguration(this.providerId,
				new WorkerConfiguration(this.workerKind, this.scaleFactors, this.shedding, this.queueMemory),
				new NodeReach(this.scopes, this.scopesAreSet, this.listen, this.lan, this.registries, this.advertise,
						this.rootRegistry, this.reverseProxy, this.relayProxy),
				new NodeConfiguration.SocketDirectorySetting(this.socketDirectory, this.socketDirectoryIsShared),
				this.processSpace.table(), this.inMemory,
				new MessageConfiguration(this.linkSettings, this.nativeSockets, this.codec, this.registeredTypes,
						this.copyInProcess, this.callerContext, this.messageObservers, this.dialInterceptor),
				new TraceAccess(this.remoteMarks, this.remoteTraces), this.discoverTimeout, this.drainTimeout,
				this.discoveryClock, this.host, this.warmUpAtOnce ? NodeConfiguration.WarmUpSetting.AT_ONCE
						: NodeConfiguration.WarmUpSetting.WHEN_TOLD);
	}

}
