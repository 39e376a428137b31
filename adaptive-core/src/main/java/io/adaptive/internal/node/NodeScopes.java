package io.adaptive.internal.node;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.builtin.root.AdvertisedHosts;
import io.adaptive.internal.builtin.root.ReachabilityToken;
import io.adaptive.internal.builtin.root.RootLinks;
import io.adaptive.internal.discovery.Discovery;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.internal.scope.DiscoveryScope;
import io.adaptive.internal.scope.LookupAsTold;
import io.adaptive.internal.scope.OtherNodes;
import io.adaptive.internal.scope.lan.LanScope;
import io.adaptive.internal.scope.os.OsScope;
import io.adaptive.internal.scope.process.ProcessScope;
import io.adaptive.internal.scope.wan.AutoRelays;
import io.adaptive.internal.scope.wan.Registries;
import io.adaptive.internal.scope.wan.WanScope;
import io.adaptive.internal.transport.RelayedPort;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.server.Service;
import io.adaptive.spi.LinkAcceptor;
import io.adaptive.spi.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * Scopes of a node, nearest first. Derives from the reach which scopes the node has, and
 * their settings.
 */
final class NodeScopes {

	private final NodeReach reach;

	private final Means means;

	private final @Nullable ProcessScope process;

	private final @Nullable OsScope os;

	private final @Nullable TcpPort tcpPort;

	private final @Nullable LanScope lan;

	private final AutoRelays relays;

	private final @Nullable WanScope wan;

	private final Machine machine;

	/**
	 * Creates the scopes. They open nothing before {@link #learn} and their start;
	 * sockets are bound on demand.
	 * @param reach the reach of the node
	 * @param process PROCESS scope, {@code null} for a node without
	 * @param directory the socket directory of the machine
	 * @param means the parts that the scopes use
	 */
	static NodeScopes of(NodeReach reach, @Nullable ProcessScope process, Directory directory, Means means) {
		Late<NodeScopes> made = new Late<>();
		return made.set(new NodeScopes(reach, process, directory, means, made));
	}

	private NodeScopes(NodeReach reach, @Nullable ProcessScope process, Directory directory, Means means,
			Supplier<NodeScopes> made) {
		this.reach = reach;
		this.means = means;
		this.process = process;
		this.os = (directory.meeting() != null) ? new OsScope(directory.meeting(), means.self(), means.sockets(),
				means.acceptor(), means.machineServices()) : null;
		this.machine = new Machine(directory.told(), (told) -> made.get().told(told));
		boolean asTold = reach.searchesAsTold() && directory.meeting() != null;
		UnaryOperator<Lookup> learning = (lookup) -> new LookupAsTold(lookup, () -> made.get().machine.learn());
		Endpoint.Tcp listen = reach.listenAddress();
		this.tcpPort = (listen != null) ? new TcpPort(listen, means.sockets(), means.acceptor()) : null;
		this.lan = lan(reach, means, this.tcpPort, asTold, learning);
		this.relays = new AutoRelays(reach.relayProxy(), gateways(this.lan, means.self()), means.client(),
				new RelayedPort(means.sockets(), ReverseProxy.SERVICE, means.acceptor()),
				() -> made.get().wan().map(WanScope::registries).ifPresent(Registries::relaysChanged));
		this.wan = wan(reach, means, this.tcpPort, asTold, learning, this.relays);
	}

	private static @Nullable LanScope lan(NodeReach reach, Means means, @Nullable TcpPort port, boolean asTold,
			UnaryOperator<Lookup> learning) {
		boolean searched = reach.hasLan() || asTold;
		TcpPort open = reach.isOpenToKnownAddress() ? port : null;
		if (!searched && open == null) {
			return null;
		}
		LanScope.Membership membership = new LanScope.Membership(means.self(), reach.ownLan(), reach.advertise(),
				reach.hasLan(), searched, reach.hasLan() ? UnaryOperator.identity() : learning);
		return new LanScope(membership, open, means.client(), means.sockets().ownAddresses());
	}

	private static Discovery gateways(@Nullable LanScope lan, Instance self) {
		Optional<Lookup> lookup = Optional.ofNullable(lan).flatMap(LanScope::lookup);
		return new Discovery(lookup.<Lookup>map((each) -> new OtherNodes(each, self)).stream().toList());
	}

	private static @Nullable WanScope wan(NodeReach reach, Means means, @Nullable TcpPort port, boolean asTold,
			UnaryOperator<Lookup> learning, AutoRelays relays) {
		boolean root = reach.rootRegistry() != null && (reach.hasWan() || asTold);
		if (!reach.hasWan() && !asTold) {
			return null;
		}
		Endpoint.Tcp listen = reach.listenAddress();
		RootLinks links = new RootLinks(means.client().get(),
				() -> AdvertisedHosts.of(reach.advertise(), (listen != null) ? listen.host() : ""), means.token(),
				relays);
		Registries registries = new Registries(links, (reach.hasWan() || root) ? port : null,
				means.sockets().ownAddresses());
		if (reach.hasWan()) {
			registries.add(reach.registries());
		}
		return new WanScope(registries, reach.hasWan(), reach.hasWan() ? UnaryOperator.identity() : learning, root);
	}

	/**
	 * Reads the settings of the machine, if the node needs them, and joins the local
	 * networks.
	 */
	void learn() {
		if (this.reach.namesFarScopes()) {
			this.machine.learn();
		}
		if (this.lan != null) {
			this.lan.joinByDefault();
		}
	}

	/**
	 * Applies settings of other programs of the machine where the node has none of its
	 * own.
	 */
	private void told(MachineSettings told) {
		if (this.lan != null && this.reach.ownLan() == null && told.lan() != null) {
			this.lan.join(told.lan());
		}
		if (this.wan != null && this.reach.registries().isEmpty()) {
			this.wan.registries().add(told.registries());
		}
		if (this.reach.namesFarScopes() && told.proxy() != null) {
			this.relays.use(told.proxy());
		}
	}

	/**
	 * Stops following the settings of the machine.
	 */
	void stopLearning() {
		this.machine.close();
	}

	/**
	 * Returns the scopes within this machine, nearest first.
	 */
	List<DiscoveryScope> near() {
		return present(this.process, this.os);
	}

	/**
	 * Returns the scopes of other machines, nearest first.
	 */
	List<DiscoveryScope> far() {
		return present(this.lan, this.wan);
	}

	private static List<DiscoveryScope> present(@Nullable DiscoveryScope nearer, @Nullable DiscoveryScope farther) {
		return Stream.of(Optional.ofNullable(nearer), Optional.ofNullable(farther)).flatMap(Optional::stream).toList();
	}

	/**
	 * Returns all scopes, nearest first.
	 */
	List<DiscoveryScope> all() {
		return Stream.concat(near().stream(), far().stream()).toList();
	}

	Instance self() {
		return this.means.self();
	}

	List<Lookup> lookups() {
		return all().stream().map(DiscoveryScope::lookup).flatMap(Optional::stream).toList();
	}

	/**
	 * Returns the scopes that can be searched, some of them only after other programs
	 * have published their settings.
	 */
	Set<Scope> searched() {
		return scopes((each) -> each.lookup().isPresent());
	}

	Set<Scope> published() {
		return scopes((each) -> each.announcer().isPresent());
	}

	private Set<Scope> scopes(Predicate<DiscoveryScope> wanted) {
		return all().stream()
			.filter(wanted)
			.map(DiscoveryScope::scope)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
	}

	Optional<OsScope> os() {
		return Optional.ofNullable(this.os);
	}

	Optional<TcpPort> tcpPort() {
		return Optional.ofNullable(this.tcpPort);
	}

	Optional<LanScope> lan() {
		return Optional.ofNullable(this.lan);
	}

	Optional<WanScope> wan() {
		return Optional.ofNullable(this.wan);
	}

	AutoRelays relays() {
		return this.relays;
	}

	/**
	 * Returns the root registries for the other programs of the machine.
	 */
	List<Endpoint.Tcp> registries() {
		Stream<Endpoint.Tcp> own = wan().flatMap(WanScope::ownRegistry).stream();
		return Stream.concat(this.reach.registries().stream(), own).distinct().toList();
	}

	/**
	 * Parts that the scopes use.
	 *
	 * @param self the node
	 * @param sockets listens and connects
	 * @param acceptor accepts the links to the node's services
	 * @param token proves the identity of the node
	 * @param client supplies clients that search no scope
	 * @param machineServices supplies the services by which the node describes itself to
	 * its machine
	 */
	record Means(Instance self, SocketTransport sockets, LinkAcceptor acceptor, ReachabilityToken token,
			Supplier<AdaptiveClient> client, Supplier<List<Service>> machineServices) {
	}

	/**
	 * Socket directory of the machine, as a node uses it.
	 *
	 * @param meeting the directory for OS scope, {@code null} for a node without
	 * @param told the directory for the settings of other programs, {@code null} for none
	 */
	record Directory(OsScope.@Nullable Meeting meeting, @Nullable SocketDirectory told) {
	}

}
