package io.adaptive.node;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.adaptive.builtin.root.AdvertisedHosts;
import io.adaptive.builtin.root.ReachabilityToken;
import io.adaptive.builtin.root.WanScope;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.discovery.Discovery;
import io.adaptive.discovery.LanScope;
import io.adaptive.discovery.OsScope;
import io.adaptive.discovery.ProcessScope;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.proxy.ReverseProxy;
import io.adaptive.registry.Announcer;
import io.adaptive.registry.Lookup;
import io.adaptive.transport.LinkAcceptor;
import io.adaptive.transport.ProcessSettings;
import io.adaptive.transport.RelayedPort;
import io.adaptive.transport.SocketDirectory;
import io.adaptive.transport.SocketTransport;
import io.adaptive.transport.TcpPort;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that a node takes part in.
 */
final class NodeScopes implements AutoCloseable {

	private final List<Announcer> announcers = new ArrayList<>();

	private final List<Lookup> lookups = new ArrayList<>();

	private final @Nullable OsScope osScope;

	private final @Nullable TcpPort tcpPort;

	private final @Nullable LanPart lan;

	private final AutoRelays relays;

	private final @Nullable WanScope wan;

	/**
	 * Opens the scopes; sockets are bound when they are used.
	 * @param builder the settings
	 * @param self the node
	 * @param directory where the programs of the machine meet, {@code null} without OS
	 * scope
	 * @param sockets listens and dials
	 * @param process how the node takes part in its process space
	 * @param acceptor decides on links to the node's services
	 * @param token proves who the node is
	 * @param client makes clients that search no scope
	 */
	NodeScopes(AdaptiveNodeBuilder builder, Instance self, @Nullable SocketDirectory directory, SocketTransport sockets,
			ProcessSettings process, LinkAcceptor acceptor, ReachabilityToken token, Supplier<AdaptiveClient> client) {
		if (builder.scopes.contains(Scope.PROCESS)) {
			ProcessScope processScope = new ProcessScope(builder.processSpace, self, process, acceptor);
			add(processScope, processScope);
		}
		this.osScope = (directory != null) ? new OsScope(directory, self, sockets, acceptor) : null;
		add(this.osScope, this.osScope);
		Endpoint.Tcp listen = builder.listenAddress();
		this.tcpPort = (listen != null) ? new TcpPort(listen, sockets, acceptor) : null;
		this.lan = builder.hasLan() ? LanPart.of(builder.lan, self, builder.advertise, client) : null;
		if (this.tcpPort != null && (this.lan != null || builder.listen != null)) {
			add(new LanScope(this.tcpPort, (this.lan != null) ? this.lan.beacon() : null),
					(this.lan != null) ? this.lan.beacon() : null);
		}
		this.relays = new AutoRelays(builder.relayProxy,
				new Discovery((this.lan != null) ? List.of(this.lan.beacon()) : List.of()), client,
				new RelayedPort(sockets, ReverseProxy.SERVICE, acceptor),
				() -> wan().ifPresent(WanScope::relaysChanged));
		this.wan = (this.tcpPort != null && builder.hasWan()) ? new WanScope(builder.registries, client.get(),
				this.tcpPort, () -> AdvertisedHosts.of(builder.advertise, (listen != null) ? listen.host() : ""), token,
				this.relays) : null;
		add(this.wan, this.wan);
	}

	private void add(@Nullable Announcer announcer, @Nullable Lookup lookup) {
		if (announcer != null) {
			this.announcers.add(announcer);
		}
		if (lookup != null) {
			this.lookups.add(lookup);
		}
	}

	List<Announcer> announcers() {
		return this.announcers;
	}

	List<Lookup> lookups() {
		return this.lookups;
	}

	Set<Scope> published() {
		return this.announcers.stream()
			.map(Announcer::scope)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
	}

	Optional<OsScope> os() {
		return Optional.ofNullable(this.osScope);
	}

	Optional<TcpPort> tcpPort() {
		return Optional.ofNullable(this.tcpPort);
	}

	Optional<LanPart> lan() {
		return Optional.ofNullable(this.lan);
	}

	Optional<WanScope> wan() {
		return Optional.ofNullable(this.wan);
	}

	/**
	 * Begins to connect to who is known by address, once this node can be reached itself.
	 */
	void start() {
		this.relays.start();
		if (this.wan != null) {
			this.wan.start();
		}
	}

	AutoRelays relays() {
		return this.relays;
	}

	/**
	 * Tells the others that this node goes.
	 */
	void leave() {
		if (this.wan != null) {
			this.wan.close();
		}
		this.relays.close();
		if (this.lan != null) {
			this.lan.close();
		}
	}

	@Override
	public void close() {
		if (this.osScope != null) {
			this.osScope.close();
		}
		if (this.tcpPort != null) {
			this.tcpPort.close();
		}
	}

}
