package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Cache of the services that other nodes offer. An entry that is not repeated within its
 * time to live expires. When the cache is full, the known entries stay and new ones are
 * refused.
 * <p>
 * A report of the node itself has precedence over a relayed one, and its services
 * received over TCP over those in datagrams, which may be lost or reordered.
 */
final class NodeCache {

	static final int MAX_NODES = 4_096;

	static final int MAX_SERVICES = 65_536;

	private final Map<Instance, RemoteNode> nodes = new LinkedHashMap<>();

	private final Map<ServiceName, Set<RemoteNode>> offers = new HashMap<>();

	private Set<ServiceName> changed = new LinkedHashSet<>();

	private int services;

	/**
	 * Processes a report of a node about itself. Takes its addresses unless a later
	 * datagram of the node was processed, and its services unless a later revision is
	 * known.
	 * @param datagram a datagram with a report
	 * @throws DroppedException if there is not enough room
	 */
	void tell(Datagram datagram, InetSocketAddress source, long now) throws DroppedException {
		Datagram.Report report = (Datagram.Report) datagram.content();
		RemoteNode node = this.nodes.get(report.node().instance());
		if (node == null) {
			if (report.kind() == Kind.BYE || report.services().isEmpty()) {
				return;
			}
			node = add(report.node());
		}
		if (node.isHearsay()) {
			retain(node, List.of());
			this.nodes.remove(node.instance());
			node = add(report.node());
		}
		if (node.takeCounter(datagram.nonce(), datagram.counter()) && node.describe(report.node(), source, now)) {
			this.changed.addAll(node.services.keySet());
		}
		if (!node.takeRevision(report.revision())) {
			return;
		}
		if (report.kind() == Kind.BYE) {
			report.services().forEach(removeFrom(node));
			return;
		}
		if (report.services().size() >= report.total()) {
			retain(node, report.services());
		}
		putAll(node, report.services(), now);
	}

	/**
	 * Processes a relayed report about another node, unless the node itself was heard
	 * from.
	 * @param source an address of the node, {@code null} if only the addresses in the
	 * report lead to it
	 * @throws DroppedException if there is not enough room
	 */
	void hearsay(Datagram.Report report, @Nullable InetSocketAddress source, long now) throws DroppedException {
		RemoteNode node = this.nodes.get(report.node().instance());
		if (node != null && !node.isHearsay()) {
			return;
		}
		if (report.kind() == Kind.BYE) {
			if (node != null) {
				report.services().forEach(removeFrom(node));
			}
			return;
		}
		if (node == null) {
			node = add(report.node());
			node.setHearsay(true);
		}
		if (node.describe(report.node(), source, now)) {
			this.changed.addAll(node.services.keySet());
		}
		putAll(node, report.services(), now);
	}

	private RemoteNode add(Datagram.Node description) throws DroppedException {
		if (this.nodes.size() >= MAX_NODES) {
			throw new DroppedException(DropReason.CACHE_FULL, "%s nodes are known".formatted(MAX_NODES));
		}
		RemoteNode node = new RemoteNode(description);
		this.nodes.put(node.instance(), node);
		return node;
	}

	private void putAll(RemoteNode node, List<ServiceName> told, long now) throws DroppedException {
		for (ServiceName service : told) {
			if (this.services >= MAX_SERVICES && !node.services.containsKey(service)) {
				throw new DroppedException(DropReason.CACHE_FULL, "%s services are known".formatted(MAX_SERVICES));
			}
			if (node.put(service, now)) {
				added(node, service);
			}
		}
	}

	private void added(RemoteNode node, ServiceName service) {
		this.services++;
		this.offers.computeIfAbsent(service, (absent) -> new LinkedHashSet<>()).add(node);
		this.changed.add(service);
	}

	private void remove(RemoteNode node, ServiceName service) {
		if (node.services.remove(service) == null) {
			return;
		}
		this.services--;
		Set<RemoteNode> offering = this.offers.get(service);
		if (offering != null) {
			offering.remove(node);
			if (offering.isEmpty()) {
				this.offers.remove(service);
			}
		}
		this.changed.add(service);
	}

	private Consumer<ServiceName> removeFrom(RemoteNode node) {
		return (service) -> remove(node, service);
	}

	private void retain(RemoteNode node, Collection<ServiceName> exact) {
		Set<ServiceName> listed = new HashSet<>(exact);
		node.services.keySet()
			.stream()
			.filter((service) -> !listed.contains(service))
			.toList()
			.forEach(removeFrom(node));
	}

	/**
	 * Takes the exact services of a node, received over TCP. The services stay as they
	 * are if a datagram with a later revision has overtaken the list; a newer list
	 * follows then.
	 */
	void confirm(Instance instance, Announced exact, long now) {
		RemoteNode node = this.nodes.get(instance);
		if (node == null) {
			return;
		}
		show(node);
		node.setConfirmed(true, now);
		if (!node.takeRevision(exact.revision())) {
			return;
		}
		retain(node, exact.services());
		for (ServiceName service : exact.services()) {
			boolean room = this.services < MAX_SERVICES || node.services.containsKey(service);
			if (room && node.confirm(service)) {
				added(node, service);
			}
		}
	}

	/**
	 * Gives the services that were confirmed over TCP the time to live of those from
	 * datagrams.
	 */
	void release(Instance instance, long now) {
		RemoteNode node = this.nodes.get(instance);
		if (node != null && node.isConfirmed()) {
			node.setConfirmed(false, now);
		}
	}

	/**
	 * Hides a node until it is known to be reachable again.
	 */
	void hide(Instance instance, long now) {
		RemoteNode node = this.nodes.get(instance);
		if (node != null && !node.isHidden()) {
			node.setHidden(true);
			node.setConfirmed(false, now);
			this.changed.addAll(node.services.keySet());
		}
	}

	void show(RemoteNode node) {
		if (node.isHidden()) {
			node.setHidden(false);
			this.changed.addAll(node.services.keySet());
		}
	}

	/**
	 * Removes the expired services and nodes.
	 */
	void expire(long now) {
		for (RemoteNode node : List.copyOf(this.nodes.values())) {
			node.expired(now).forEach(removeFrom(node));
			if (node.isExpired(now)) {
				this.nodes.remove(node.instance());
			}
		}
	}

	@Nullable RemoteNode get(Instance instance) {
		return this.nodes.get(instance);
	}

	Collection<RemoteNode> all() {
		return this.nodes.values();
	}

	boolean isEmpty() {
		return this.nodes.isEmpty();
	}

	List<ServiceInstance> find(ServicePattern pattern) {
		List<ServiceInstance> found = new ArrayList<>();
		names(pattern).forEach((service) -> offering(service).stream()
			.filter((node) -> !node.isHidden())
			.forEach((node) -> found.add(new ServiceInstance(service, node.instance(), Scope.LAN, node.endpoints()))));
		return found;
	}

	/**
	 * Returns the nodes with a service that matches a pattern, including hidden ones.
	 */
	Set<RemoteNode> offering(ServicePattern pattern) {
		Set<RemoteNode> found = new LinkedHashSet<>();
		names(pattern).forEach((service) -> found.addAll(offering(service)));
		return found;
	}

	private Set<RemoteNode> offering(ServiceName service) {
		return this.offers.getOrDefault(service, Set.of());
	}

	private Stream<ServiceName> names(ServicePattern pattern) {
		if (pattern.isExact()) {
			return Stream.of(new ServiceName(pattern.publisher(), pattern.name())).filter(this.offers::containsKey);
		}
		return this.offers.keySet().stream().filter(pattern::matches);
	}

	/**
	 * Returns the services of which instances came or went since the last call.
	 */
	Set<ServiceName> takeChanged() {
		Set<ServiceName> taken = this.changed;
		if (!taken.isEmpty()) {
			this.changed = new LinkedHashSet<>();
		}
		return taken;
	}

}
