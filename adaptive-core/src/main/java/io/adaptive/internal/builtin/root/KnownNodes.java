package io.adaptive.internal.builtin.root;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.adaptive.internal.registry.Position;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import org.jspecify.annotations.Nullable;

/**
 * Nodes received by one watch or one query. While a snapshot arrives in parts, the nodes
 * from before it stay valid. A node that is unknown to a registry which has just started
 * stays valid until that registry reports that all nodes have had time to register.
 * <p>
 * A watch resumes at the position of the last change it has received, and receives only
 * later changes. So a node may be forgotten only while no stream is open, and the
 * position is reset with it: the next stream begins with a snapshot. Safe for use by many
 * threads.
 */
final class KnownNodes {

	private final String registryHost;

	private Map<Instance, Node> nodes = new HashMap<>();

	/** Nodes of the current snapshot, {@code null} if none is being received. */
	private @Nullable Set<Instance> confirmed;

	/** Nodes that a registry which has just started has not confirmed. */
	private final Set<Instance> unconfirmed = new HashSet<>();

	private Position position = Position.NONE;

	private boolean live;

	/** Stream that delivers updates, {@code null} while there is none. */
	private @Nullable Object stream;

	/**
	 * Creates an empty set.
	 * @param registryHost the host under which the registry was reached
	 */
	KnownNodes(String registryHost) {
		this.registryHost = registryHost;
	}

	/**
	 * Accepts updates of one stream from now on, and of no other.
	 * @param stream the stream, compared by identity
	 * @return the position from which to resume
	 */
	synchronized Position open(Object stream) {
		this.stream = stream;
		this.confirmed = null;
		return this.position;
	}

	/**
	 * Records that no stream is open.
	 */
	synchronized void closed() {
		this.stream = null;
	}

	/**
	 * Applies an update.
	 * @param stream the stream that delivered it; an update of any other than the open
	 * one is ignored
	 * @return the instances that are gone
	 */
	synchronized List<Instance> update(Object stream, RegistryUpdate update) {
		return (stream == this.stream) ? update(update) : List.of();
	}

	private List<Instance> update(RegistryUpdate update) {
		List<Instance> gone = new ArrayList<>();
		if (update.fresh()) {
			this.confirmed = new HashSet<>();
		}
		for (NodeServices told : update.nodes()) {
			put(told, gone);
		}
		Set<Instance> seen = this.confirmed;
		if (seen != null && update.complete()) {
			this.confirmed = null;
			this.unconfirmed.addAll(this.nodes.keySet());
			this.unconfirmed.removeAll(seen);
		}
		if (update.settled() && this.confirmed == null) {
			this.unconfirmed.forEach((instance) -> {
				this.nodes.remove(instance);
				gone.add(instance);
			});
			this.unconfirmed.clear();
		}
		if (update.complete()) {
			this.position = new Position(update.incarnation(), update.revision());
			this.live = true;
		}
		return gone;
	}

	private void put(NodeServices told, List<Instance> gone) {
		Instance instance = RegistryForms.instance(told.provider(), told.incarnation());
		Node known = this.nodes.get(instance);
		boolean outdated = known != null && told.epoch() < known.epoch && !this.unconfirmed.contains(instance);
		if (told.services().isEmpty()) {
			if (!outdated && this.nodes.remove(instance) != null) {
				this.unconfirmed.remove(instance);
				gone.add(instance);
			}
			return;
		}
		if (this.confirmed != null) {
			this.confirmed.add(instance);
		}
		this.unconfirmed.remove(instance);
		this.nodes.put(instance, Node.of(told, this.registryHost));
	}

	/**
	 * Replaces all nodes by the answer to a query.
	 */
	synchronized void replace(List<NodeServices> answer) {
		Map<Instance, Node> found = new HashMap<>();
		for (NodeServices told : answer) {
			found.put(RegistryForms.instance(told.provider(), told.incarnation()), Node.of(told, this.registryHost));
		}
		this.nodes = found;
		this.live = true;
	}

	/**
	 * Forgets a node, unless a stream is open, which would report its end. The next
	 * stream begins with a snapshot.
	 * @return whether the node was known and is now forgotten
	 */
	synchronized boolean forget(Instance instance) {
		if (this.stream != null || this.nodes.remove(instance) == null) {
			return false;
		}
		this.unconfirmed.remove(instance);
		this.position = Position.NONE;
		this.live = false;
		return true;
	}

	synchronized void collect(ServicePattern pattern, Consumer<ServiceInstance> found) {
		if (pattern.isExact()) {
			ServiceName service = new ServiceName(pattern.publisher(), pattern.name());
			this.nodes.forEach((instance, node) -> {
				if (node.services.contains(service)) {
					found.accept(new ServiceInstance(service, instance, Scope.WAN, node.endpoints));
				}
			});
			return;
		}
		this.nodes.forEach((instance, node) -> node.services.forEach((service) -> {
			if (pattern.matches(service)) {
				found.accept(new ServiceInstance(service, instance, Scope.WAN, node.endpoints));
			}
		}));
	}

	/**
	 * Marks the nodes as outdated after the stream was refused, until another one is
	 * open.
	 */
	synchronized void outdated() {
		this.stream = null;
		this.live = false;
	}

	/**
	 * Returns whether the nodes are complete: since the last complete snapshot or answer,
	 * none was forgotten and no watch refused.
	 */
	synchronized boolean isLive() {
		return this.live;
	}

	private record Node(long epoch, List<Endpoint> endpoints, Set<ServiceName> services) {

		/**
		 * Creates a node from a message.
		 * @throws AdaptiveException if the message is invalid
		 */
		static Node of(NodeServices told, String registryHost) {
			List<Endpoint> endpoints = told.addresses()
				.stream()
				.map((contact) -> RegistryForms.endpoint(contact, registryHost))
				.toList();
			if (endpoints.isEmpty()) {
				throw RegistryForms.invalid("A node without an address");
			}
			return new Node(told.epoch(), endpoints, RegistryForms.services(told.services()));
		}

	}

}
