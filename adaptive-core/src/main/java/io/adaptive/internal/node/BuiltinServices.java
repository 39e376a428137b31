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
import io.adaptive.spi.Announcer;
import io.adaptive.status.RelayingStatistics;
import io.adaptive.status.RootRegistryStatistics;
import org.jspecify.annotations.Nullable;

/**
 * The services that a node itself publishes, each scope's as soon as the scope is used.
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
	 * Makes them, to be published later.
	 * @param reach how far the node is seen
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
	 * Returns the node's scopes, for the services of its user.
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
			// What is asked seldom is prepared when it is asked.
		});
	}

	private static void publish(AdaptiveServer server, Service service) {
		try {
			server.publish(service);
		}
		catch (ServiceAlreadyPublishedException ex) {
			// Another node of this process tells the same, or the user tells better.
		}
	}

	/**
	 * Publishes what is asked for at the node's address, without having been found.
	 * @param token proves who the node is
	 * @param client connects to addresses
	 * @param sockets the node's sockets
	 * @throws RuntimeException if the node is to be a root registry and cannot
	 */
	void publishUnlisted(ReachabilityToken token, AdaptiveClient client, SocketTransport sockets) {
		AdaptiveServer server = newServer(new Unlisted(Scope.WAN));
		TcpPort port = this.scopes.tcpPort().orElse(null);
		if (port == null) {
			return;
		}
		this.scopes.wan().ifPresent((wan) -> server.publish(token.service()));
		if (this.reach.reverseProxy() != null) {
			publishAsGateway(newReverseProxy(sockets, this.reach.reverseProxy()));
		}
		if (this.reach.rootRegistry() != null) {
			publishAsRoot(server, port,
					new RootRegistry(this.reach.rootRegistry(), client, this.scopes.self(), () -> ownHost(port)));
			port.endpoint().ifPresent((bound) -> observeAsRoot(server, new Endpoint.Tcp(ownHost(port), bound.port())));
			if (this.reach.reverseProxy() == null && this.reach.rootRegistry().relaying()) {
				server.publish(newReverseProxy(sockets, ReverseProxySettings.DEFAULT));
			}
		}
	}

	private Service newReverseProxy(SocketTransport sockets, ReverseProxySettings settings) {
		ReverseProxy proxy = new ReverseProxy(sockets, this.reach.listenHost(), settings);
		this.reverseProxy = proxy;
		return proxy.service();
	}

	/**
	 * Gateways are found in the local network, and have to be known to a root registry,
	 * which knows then where to reach what is behind them.
	 */
	private void publishAsGateway(Service reverseProxy) {
		this.announcers.get()
			.stream()
			.filter((each) -> each.scope() == Scope.LAN || each.scope() == Scope.WAN)
			.forEach((each) -> newServer(each).publish(reverseProxy));
	}

	private void publishAsRoot(AdaptiveServer server, TcpPort port, RootRegistry registry) {
		this.rootRegistry = registry;
		port.open();
		server.publish(registry.service());
	}

	/**
	 * Callers of a root registry learn their address there, be it by name or by address.
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
	 * Where this program reaches its own TCP port.
	 */
	private static String ownHost(TcpPort port) {
		Optional<String> host = port.endpoint().map(Endpoint.Tcp::host);
		return host.filter((each) -> !each.equals("0.0.0.0") && !each.equals("::"))
			.orElseGet(() -> InetAddress.getLoopbackAddress().getHostAddress());
	}

	/**
	 * Offers the built-in services to the other programs of the machine, if this one was
	 * given something that concerns them. May block.
	 * @param client sees the programs of this machine
	 * @param shared whether programs of other users are among them
	 */
	synchronized void shareSettings(AdaptiveClient client, boolean shared) {
		if (this.reach.isTold()) {
			this.announcers.get()
				.stream()
				.filter((each) -> each.scope() == Scope.PROCESS || each.scope() == Scope.OS)
				.forEach(LazyAnnouncer::use);
		}
		// Files of other users are not read; they are asked.
		if (shared && this.reach.registries().isEmpty()) {
			this.scopes.wan().ifPresent((wan) -> this.finder = new RegistryFinder(client, wan.registries()::add));
		}
	}

	/**
	 * Returns what the other programs of the machine are told.
	 */
	MachineSettings settings() {
		return new MachineSettings(this.reach.ownLan(), this.scopes.registries(), this.reach.relayProxy());
	}

	/**
	 * Ends what the services work with.
	 * @param deadline until when to wait for that
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
