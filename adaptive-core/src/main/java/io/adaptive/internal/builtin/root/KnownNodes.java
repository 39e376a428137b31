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
 * What one watch, or one query, has told of some services. While a snapshot comes in
 * parts, what was known before counts too; and what a registry does not know that has
 * just started stays until that registry says that all nodes have had time to find it.
 * <p>
 * A watch resumes at the position of the last change it has seen, and is told only what
 * has changed since. So a node is forgotten only while no stream tells of changes, and
 * the position is dropped with it: the next stream begins with a snapshot. Safe for use
 * by many threads.
 */
final class KnownNodes {

	private final String registryHost;

	private Map<Instance, Node> nodes = new HashMap<>();

	/** Seen in the snapshot that is coming in, {@code null} if none is. */
	private @Nullable Set<Instance> confirmed;

	/** What a registry that has just started has not confirmed. */
	private final Set<Instance> unconfirmed = new HashSet<>();

	private Position position = Position.NONE;

	private boolean live;

	/** The stream that tells of changes, {@code null} while there is none. */
	private @Nullable Object stream;

	/**
	 * Knows nothing.
	 * @param registryHost the host by which the registry was reached
	 */
	KnownNodes(String registryHost) {
		this.registryHost = registryHost;
	}

	/**
	 * Takes over updates of one stream from now on, and of no other.
	 * @param stream the stream, compared by identity
	 * @return from where it is to resume
	 */
	synchronized Position open(Object stream) {
		this.stream = stream;
		this.confirmed = null;
		return this.position;
	}

	/**
	 * No stream tells of changes any more.
	 */
	synchronized void closed() {
		this.stream = null;
	}

	/**
	 * Takes over an update.
	 * @param stream the stream it came by; an update of any other than the open one is
	 * passed over
	 * @return the instances that are not there any more
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
	 * Forgets all and takes over an answer.
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
	 * Forgets a node, unless a stream is open that would tell if it were gone. The next
	 * stream begins with a snapshot.
	 * @return whether it was known and is not any more
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
	 * The stream was refused: what is known gets old, until another one is open.
	 */
	synchronized void outdated() {
		this.stream = null;
		this.live = false;
	}

	/**
	 * Tells whether all was told, and changes are.
	 */
	synchronized boolean isLive() {
		return this.live;
	}

	private record Node(long epoch, List<Endpoint> endpoints, Set<ServiceName> services) {

		/**
		 * Makes a node of what came.
		 * @throws AdaptiveException if it is nothing that a registry may say
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
