package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.settings.LanSettings;

/**
 * Description of this node as other nodes receive it: its addresses, and its services in
 * reports. For the thread of the protocol.
 */
final class OwnNode {

	/** Number of announcements that may be lost before the services of a node expire. */
	private static final int MISSED = 3;

	private static final long MAX_EXTRA_MILLIS = 1_000;

	private final Instance self;

	private final OwnServices services;

	private final DatagramNetwork datagrams;

	private Datagram.Node description;

	OwnNode(Instance self, LanSettings settings, OwnServices services, DatagramNetwork datagrams) {
		this.self = self;
		this.services = services;
		this.datagrams = datagrams;
		long interval = settings.announceInterval().toMillis();
		this.description = new Datagram.Node(self, 0, List.of(),
				MISSED * interval + Math.min(MAX_EXTRA_MILLIS, interval));
	}

	Instance self() {
		return this.self;
	}

	/**
	 * Sets the endpoint of this node, before its first service is announced.
	 */
	void listensAt(Endpoint.Tcp endpoint, List<String> advertised) {
		List<String> addresses = isWildcard(endpoint.host()) ? List.of() : List.of(endpoint.host());
		List<String> told = advertised.isEmpty() ? addresses
				: advertised.stream().limit(Datagram.MAX_ADDRESSES).toList();
		this.description = new Datagram.Node(this.self, endpoint.port(), told, this.description.timeToLiveMillis());
	}

	private static boolean isWildcard(String host) {
		return host.equals("0.0.0.0") || host.equals("::") || host.equals("0:0:0:0:0:0:0:0");
	}

	/**
	 * Returns the description of this moment: without addresses of its own the node has
	 * those of the interfaces.
	 */
	private Datagram.Node description() {
		Datagram.Node told = this.description;
		if (!told.addresses().isEmpty()) {
			return told;
		}
		List<String> addresses = this.datagrams.addresses()
			.stream()
			.filter((address) -> !address.isLinkLocalAddress())
			.map(InetAddress::getHostAddress)
			.map((address) -> address.replaceFirst("%.*", ""))
			.distinct()
			.limit(Datagram.MAX_ADDRESSES)
			.toList();
		return new Datagram.Node(this.self, told.port(), addresses, told.timeToLiveMillis());
	}

	/**
	 * Returns the services of this node that patterns match.
	 */
	List<ServiceName> matching(Collection<ServicePattern> patterns) {
		return this.services.matching(patterns);
	}

	/**
	 * Tells whether another node runs on this machine.
	 */
	boolean isOfSameMachine(RemoteNode node) {
		InetSocketAddress source = node.lastSource();
		return source != null && this.datagrams.isOwn(source.getAddress());
	}

	/**
	 * Finds services of this node.
	 */
	Stream<ServiceInstance> find(ServicePattern pattern) {
		return matching(List.of(pattern)).stream().map(this::instance);
	}

	private ServiceInstance instance(ServiceName service) {
		Datagram.Node me = description();
		List<String> hosts = me.addresses().isEmpty() ? List.of(InetAddress.getLoopbackAddress().getHostAddress())
				: me.addresses();
		return new ServiceInstance(service, this.self, Scope.LAN,
				hosts.stream().map((host) -> (Endpoint) new Endpoint.Tcp(host, me.port())).toList());
	}

	/**
	 * Makes a report about services of this node.
	 */
	Datagram.Report report(Kind kind, List<ServiceName> reported, long token, boolean direct) {
		return new Datagram.Report(kind, this.self, description(), reported, this.services.revision(),
				this.services.size(), token, direct);
	}

	/**
	 * Makes a report about another node, which is relayed.
	 */
	Datagram.Report relay(Kind kind, Datagram.Node about, List<ServiceName> reported, long token) {
		return new Datagram.Report(kind, this.self, about, reported, 0, Long.MAX_VALUE, token, false);
	}

	/**
	 * Makes a query.
	 */
	Datagram.Query query(List<ServicePattern> patterns, long token, boolean direct) {
		return new Datagram.Query(this.self, patterns, token, direct);
	}

}
