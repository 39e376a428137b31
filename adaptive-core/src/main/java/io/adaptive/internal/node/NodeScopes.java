package io.adaptive.internal.node;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.AdvertisedHosts;
import io.adaptive.internal.builtin.root.ReachabilityToken;
import io.adaptive.internal.builtin.root.WanScope;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.discovery.LanScope;
import io.adaptive.internal.discovery.OsScope;
import io.adaptive.internal.discovery.ProcessScope;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.internal.transport.RelayedPort;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.settings.LanSettings;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that a node takes part in.
 */
final class NodeScopes {

	private final NodeReach reach;

	private final Instance self;

	private final List<Announcer> announcers = new ArrayList<>();

	private final List<Lookup> lookups = new ArrayList<>();

	private final @Nullable OsScope osScope;

	private final @Nullable TcpPort tcpPort;

	private final @Nullable LanPart lan;

	private final AutoRelays relays;

	private final @Nullable WanScope wan;

	private final Machine machine;

	private final boolean root;

	private Endpoint.@Nullable Tcp ownRegistry;

	/**
	 * Makes the scopes, which open nothing before {@link #learn} and the start methods;
	 * sockets are bound when they are used.
	 * @param reach how far the node is seen and sees
	 * @param process PROCESS scope, {@code null} for a node without
	 * @param directory where the programs of the machine meet
	 * @param means what the scopes work with
	 */
	static NodeScopes of(NodeReach reach, @Nullable ProcessScope process, Directory directory, Means means) {
		Late<NodeScopes> made = new Late<>();
		return made.set(new NodeScopes(reach, process, directory, means, made));
	}

	private NodeScopes(NodeReach reach, @Nullable ProcessScope process, Directory directory, Means means,
			Supplier<NodeScopes> made) {
		this.reach = reach;
		this.self = means.self();
		SocketTransport sockets = means.sockets();
		LinkAcceptor acceptor = means.acceptor();
		add(process, process);
		OsScope.Meeting meeting = directory.meeting();
		this.osScope = (meeting != null) ? new OsScope(meeting, this.self, sockets, acceptor) : null;
		add(this.osScope, this.osScope);
		this.machine = new Machine(directory.told(), (told) -> made.get().told(told));
		boolean asTold = reach.searchesAsTold() && meeting != null;
		Endpoint.Tcp listen = reach.listenAddress();
		this.tcpPort = (listen != null) ? new TcpPort(listen, sockets, acceptor) : null;
		this.lan = (reach.hasLan() || asTold)
				? LanPart.of(reach.ownLan(), this.self, reach.advertise(), means.client(), sockets) : null;
		Lookup lanLookup = (this.lan == null) ? null : asTold(this.lan.beacon(), reach.hasLan() || !asTold);
		add((this.tcpPort != null && reach.isOpenToKnownAddress())
				? new LanScope(this.tcpPort, (this.lan != null && reach.hasLan()) ? this.lan.beacon() : null) : null,
				lanLookup);
		this.relays = new AutoRelays(reach.relayProxy(),
				new Discovery((lanLookup != null) ? List.of(new OtherNodes(lanLookup, this.self)) : List.of()),
				means.client(), new RelayedPort(sockets, ReverseProxy.SERVICE, acceptor),
				() -> made.get().wan().ifPresent(WanScope::relaysChanged));
		this.root = reach.rootRegistry() != null && (reach.hasWan() || asTold);
		this.wan = (reach.hasWan() || asTold || this.root)
				? new WanScope(reach.hasWan() ? reach.registries() : List.of(), means.client().get(),
						(reach.hasWan() || this.root) ? this.tcpPort : null,
						() -> AdvertisedHosts.of(reach.advertise(), (listen != null) ? listen.host() : ""),
						means.token(), this.relays)
				: null;
		if (this.wan != null) {
			this.wan.follow(sockets.ownAddresses());
		}
		add(reach.hasWan() ? this.wan : null, (this.wan != null) ? asTold(this.wan, reach.hasWan() || !asTold) : null);
	}

	/**
	 * Takes what the machine was told, where the node needs that.
	 */
	void learn() {
		if (this.reach.namesFarScopes()) {
			this.machine.learn();
		}
		if (this.lan != null && this.reach.hasLan() && !this.lan.beacon().isJoined()) {
			this.lan.beacon().join(LanSettings.DEFAULT);
		}
	}

	private Lookup asTold(Lookup lookup, boolean byOwnWord) {
		return byOwnWord ? lookup : new LookupAsTold(lookup, this.machine);
	}

	/**
	 * Takes what the machine was told for what the node was not.
	 */
	private void told(MachineSettings told) {
		if (this.lan != null && this.reach.ownLan() == null && told.lan() != null) {
			this.lan.beacon().join(told.lan());
		}
		if (this.wan != null && this.reach.registries().isEmpty()) {
			this.wan.add(told.registries());
		}
		if (this.reach.namesFarScopes() && told.proxy() != null) {
			this.relays.use(told.proxy());
		}
	}

	private void add(@Nullable Announcer announcer, @Nullable Lookup lookup) {
		if (announcer != null) {
			this.announcers.add(announcer);
		}
		if (lookup != null) {
			this.lookups.add(lookup);
		}
	}

	Instance self() {
		return this.self;
	}

	List<Announcer> announcers() {
		return this.announcers;
	}

	List<Lookup> lookups() {
		return this.lookups;
	}

	/**
	 * Returns where can be searched, be it only once other programs have told how.
	 */
	Set<Scope> searched() {
		return this.lookups.stream()
			.map(Lookup::scope)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
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
	 * Sees what is registered at the root registry that the node itself is.
	 * @param address where the node reaches it
	 * @return where it can be published for all who see the registry, empty if the node
	 * takes no part in WAN scope
	 */
	Optional<WanScope> useOwnRegistry(Endpoint.Tcp address) {
		if (this.wan == null || !this.root) {
			return Optional.empty();
		}
		this.ownRegistry = address;
		this.wan.add(List.of(address));
		return wan();
	}

	/**
	 * Returns the root registries that the other programs of the machine can use.
	 */
	List<Endpoint.Tcp> registries() {
		List<Endpoint.Tcp> registries = new ArrayList<>(this.reach.registries());
		if (this.ownRegistry != null && !registries.contains(this.ownRegistry)) {
			registries.add(this.ownRegistry);
		}
		return registries;
	}

	/**
	 * Begins to look after what the node has in the socket directory.
	 */
	void startNear() {
		if (this.osScope != null) {
			this.osScope.start();
		}
	}

	/**
	 * Begins to connect to who is known by address, once this node can be reached itself.
	 */
	void startFar() {
		this.relays.start();
		if (this.wan != null) {
			this.wan.start();
		}
	}

	AutoRelays relays() {
		return this.relays;
	}

	/**
	 * Leaves the root registry that the node itself is, while that still answers.
	 */
	void leaveOwnRegistry() {
		if (this.wan != null && this.ownRegistry != null) {
			this.wan.remove(this.ownRegistry);
		}
	}

	/**
	 * Tells other machines that this node goes.
	 * @param deadline until when to wait for their answers
	 */
	void closeFar(Deadline deadline) {
		this.machine.close();
		if (this.wan != null) {
			this.wan.close(deadline);
		}
		this.relays.close();
		if (this.lan != null) {
			this.lan.close(deadline);
		}
	}

	/**
	 * Accepts no more links.
	 * @param deadline until when to wait for the end of the sockets
	 */
	void closeNear(Deadline deadline) {
		try {
			if (this.osScope != null) {
				this.osScope.close(deadline);
			}
		}
		finally {
			if (this.tcpPort != null) {
				this.tcpPort.close(deadline);
			}
		}
	}

	/**
	 * What scopes work with.
	 *
	 * @param self the node
	 * @param sockets listens and dials
	 * @param acceptor decides on links to the node's services
	 * @param token proves who the node is
	 * @param client makes clients that search no scope
	 */
	record Means(Instance self, SocketTransport sockets, LinkAcceptor acceptor, ReachabilityToken token,
			Supplier<AdaptiveClient> client) {
	}

	/**
	 * How a node sees the directory in which the programs of its machine meet.
	 *
	 * @param meeting how it meets them there, {@code null} if it does not
	 * @param told where to read what other programs were told, {@code null} for nowhere
	 */
	record Directory(OsScope.@Nullable Meeting meeting, @Nullable SocketDirectory told) {
	}

}
