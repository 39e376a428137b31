package io.adaptive.node;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.adaptive.internal.builtin.root.RootRegistry;
import io.adaptive.internal.builtin.tracing.TraceAccess;
import io.adaptive.internal.node.CommonSpace;
import io.adaptive.internal.node.MachineProvider;
import io.adaptive.internal.node.NodeConfiguration;
import io.adaptive.internal.node.NodeReach;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import org.jspecify.annotations.Nullable;

/**
 * The part of a builder that says where a node can be reached, and where it searches. Not
 * thread-safe.
 */
abstract sealed class ReachBuilder permits AdaptiveNodeBuilder {

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

	private boolean inMemory;

	private @Nullable ProviderId providerId;

	private Set<Scope> remoteMarks = EnumSet.of(Scope.PROCESS, Scope.OS);

	private Set<Scope> remoteTraces = EnumSet.of(Scope.PROCESS, Scope.OS);

	/**
	 * Sets the provider id of this machine.
	 * @param providerId the id, by default that of the running programs of this machine,
	 * otherwise derived from the first network interface
	 * @return this
	 * @throws IllegalArgumentException if it contains {@code *}
	 */
	public AdaptiveNodeBuilder providerId(ProviderId providerId) {
		this.providerId = providerId.checkExact();
		return self();
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
		return self();
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
		return self();
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
		return self();
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
		return self();
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
		return self();
	}

	/**
	 * Makes this node a reverse proxy, which provides public ports for nodes that cannot
	 * be reached directly. A root registry is a reverse proxy by default.
	 * @param settings the settings, such as {@link ReverseProxySettings#DEFAULT}
	 * @return this
	 */
	public AdaptiveNodeBuilder reverseProxy(ReverseProxySettings settings) {
		this.reverseProxy = settings;
		return self();
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
		return self();
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
		return self();
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
		return self();
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
		this.relayProxy = AdaptiveNodeBuilder.checkRelayProxy(new Endpoint.Tcp(host, port));
		return self();
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
		return self();
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
		return self();
	}

	/**
	 * Sets the process space.
	 * @param processSpace the space, by default that of the JVM
	 * @return this
	 */
	public AdaptiveNodeBuilder processSpace(ProcessSpace processSpace) {
		this.processSpace = processSpace;
		return self();
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

	@Nullable ProviderId providerId() {
		return this.providerId;
	}

	TraceAccess traceAccess() {
		return new TraceAccess(this.remoteMarks, this.remoteTraces);
	}

	NodeReach reach() {
		return new NodeReach(this.scopes, this.scopesAreSet, this.listen, this.lan, this.registries, this.advertise,
				this.rootRegistry, this.reverseProxy, this.relayProxy);
	}

	NodeConfiguration.SocketDirectorySetting socketDirectory() {
		return new NodeConfiguration.SocketDirectorySetting(this.socketDirectory, this.socketDirectoryIsShared);
	}

	CommonSpace space() {
		return this.processSpace.common();
	}

	boolean isInMemory() {
		return this.inMemory;
	}

	abstract AdaptiveNodeBuilder self();

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

}
