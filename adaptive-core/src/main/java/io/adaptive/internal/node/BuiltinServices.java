package io.adaptive.internal.node;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

import io.adaptive.builtin.ObservedAddress;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.RegistryFinder;
import io.adaptive.internal.builtin.root.ReachabilityToken;
import io.adaptive.internal.builtin.root.RootRegistry;
import io.adaptive.internal.builtin.tracing.NodeTracing;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.internal.scope.DiscoveryScope;
import io.adaptive.internal.server.ServerGroup;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceAlreadyPublishedException;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.spi.Announcer;
import io.adaptive.status.RelayingStatistics;
import io.adaptive.status.RootRegistryStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Built-in services of a node. Those of a scope are published when the scope is first
 * used.
 */
final class BuiltinServices {

	private final NodeReach reach;

	private final NodeScopes scopes;

	private final ServerGroup servers;

	private final NodeTracing tracing;

	private final Late<List<LazyAnnouncer>> announcers = new Late<>();

	private @Nullable RootRegistry rootRegistry;

	private @Nullable ReverseProxy reverseProxy;

	private @Nullable RegistryFinder finder;

	/**
	 * Creates the services, to be published later.
	 * @param reach the reach of the node
	 * @param scopes the node's scopes
	 * @param servers the node's servers
	 * @param tracing its message tracing
	 */
	static BuiltinServices of(NodeReach reach, NodeScopes scopes, ServerGroup servers, NodeTracing tracing) {
		BuiltinServices made = new BuiltinServices(reach, scopes, servers, tracing);
		made.announcers.set(scopes.all()
			.stream()
			.flatMap((scope) -> scope.announcer().map((announcer) -> made.lazy(scope, announcer)).stream())
			.toList());
		return made;
	}

	private BuiltinServices(NodeReach reach, NodeScopes scopes, ServerGroup servers, NodeTracing tracing) {
		this.reach = reach;
		this.scopes = scopes;
		this.servers = servers;
		this.tracing = tracing;
	}

	/**
	 * Returns the announcers of the node's scopes, for the services of its user.
	 */
	List<Announcer> announcers() {
		return List.copyOf(this.announcers.get());
	}

	private LazyAnnouncer lazy(DiscoveryScope scope, Announcer announcer) {
		return new LazyAnnouncer(announcer, () -> {
			AdaptiveServer server = newServer(announcer);
			this.tracing.publish(server);
			scope.services().forEach((service) -> publish(server, service));
		});
	}

	private AdaptiveServer newServer(Announcer scope) {
		return this.servers.newServer(List.of(scope), (type) -> {
			// Message types of built-in services are used seldom, and prepared on first
			// use.
		});
	}

	private static void publish(AdaptiveServer server, Service service) {
		try {
			server.publish(service);
		}
		catch (ServiceAlreadyPublishedException ex) {
			// Another node of this process or the user publishes the service.
		}
	}

	/**
	 * Publishes the services that are called at the node's address, without discovery.
	 * @param token proves the identity of the node
	 * @param client connects to addresses
	 * @param sockets the node's sockets
	 * @throws RuntimeException if the root registry of the node cannot be opened
	 */
	void publishUnlisted(ReachabilityToken token, AdaptiveClient client, SocketTransport sockets) {
		AdaptiveServer server = newServer(new Unlisted(Scope.WAN));
		TcpPort port = this.scopes.tcpPort().orElse(null);
		if (port == null) {
			return;
		}
		this.scopes.wan().ifPresent((wan) -> server.publish(token.service()));
		RootRegistrySettings root = this.reach.rootRegistry();
		if (root != null) {
			RootRegistry registry = new RootRegistry(root, client, this.scopes.self(), () -> ownHost(port));
			this.rootRegistry = registry;
			server.publish(registry.service());
		}
		// Binds the port.
		if (this.reach.reverseProxy() != null) {
			publishAsGateway(newReverseProxy(sockets, this.reach.reverseProxy()));
		}
		else if (root != null && root.relaying()) {
			server.publish(newReverseProxy(sockets, ReverseProxySettings.DEFAULT));
		}
		if (root != null) {
			openAsRoot(server, port);
		}
	}

	private Service newReverseProxy(SocketTransport sockets, ReverseProxySettings settings) {
		ReverseProxy proxy = new ReverseProxy(sockets, this.reach.listenHost(), settings);
		this.reverseProxy = proxy;
		return proxy.service();
	}

	/**
	 * Publishes the reverse proxy of a gateway. It is found in the local network. In WAN
	 * scope it registers with the root registries, which thereby learn the address of the
	 * gateway and of the nodes behind it.
	 */
	private void publishAsGateway(Service reverseProxy) {
		this.announcers.get()
			.stream()
			.filter((each) -> each.scope() == Scope.LAN || each.scope() == Scope.WAN)
			.forEach((each) -> newServer(each).publish(reverseProxy));
	}

	/**
	 * Binds the port after the services of a root are published: nodes that wait for the
	 * registry connect at once, and would be refused.
	 */
	private void openAsRoot(AdaptiveServer server, TcpPort port) {
		port.open();
		port.endpoint().ifPresent((bound) -> observeAsRoot(server, new Endpoint.Tcp(ownHost(port), bound.port())));
	}

	/**
	 * Publishes the service by which callers of a root registry learn their address,
	 * whether they connect by name or by address.
	 */
	private void observeAsRoot(AdaptiveServer unlisted, Endpoint.Tcp address) {
		Optional<Announcer> wan = this.scopes.wan().flatMap((scope) -> scope.useOwnRegistry(address));
		// A gateway publishes it with its first service in the scope.
		publish(wan.map(this::newServer).orElse(unlisted), ObservedAddress.service());
	}

	Optional<RootRegistryStatistics> rootRegistry() {
		return Optional.ofNullable(this.rootRegistry).map(RootRegistry::statistics);
	}

	Optional<RelayingStatistics> relaying() {
		return Optional.ofNullable(this.reverseProxy)
			.map((proxy) -> new RelayingStatistics(proxy.statistics(), proxy.bytes()));
	}

	/**
	 * Returns the host under which this program reaches its own TCP port.
	 */
	private static String ownHost(TcpPort port) {
		Optional<String> host = port.endpoint().map(Endpoint.Tcp::host);
		return host.filter((each) -> !each.equals("0.0.0.0") && !each.equals("::"))
			.orElseGet(() -> InetAddress.getLoopbackAddress().getHostAddress());
	}

	/**
	 * Publishes the built-in services to the other programs of the machine, if this node
	 * has settings for them. May block.
	 * @param client a client that finds the programs of this machine
	 * @param shared whether programs of other users are among them
	 */
	synchronized void shareSettings(AdaptiveClient client, boolean shared) {
		if (this.reach.isTold()) {
			this.announcers.get()
				.stream()
				.filter((each) -> each.scope() == Scope.PROCESS || each.scope() == Scope.OS)
				.forEach(LazyAnnouncer::use);
		}
		// Files of other users are not read; their programs are queried.
		if (shared && this.reach.registries().isEmpty()) {
			this.scopes.wan().ifPresent((wan) -> this.finder = new RegistryFinder(client, wan.registries()::add));
		}
	}

	/**
	 * Returns the settings for the other programs of the machine.
	 */
	MachineSettings settings() {
		return new MachineSettings(this.reach.ownLan(), this.scopes.registries(), this.reach.relayProxy());
	}

	/**
	 * Closes the parts of the services.
	 * @param deadline the limit of the wait for that
	 */
	synchronized void close(Deadline deadline) {
		if (this.finder != null) {
			this.finder.close();
		}
		if (this.reverseProxy != null) {
			this.reverseProxy.close();
		}
		if (this.rootRegistry != null) {
			this.rootRegistry.close(deadline);
		}
	}

}
