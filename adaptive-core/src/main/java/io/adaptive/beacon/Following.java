package io.adaptive.beacon;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Instance;
import io.adaptive.message.ServicePattern;

/**
 * Decides which nodes somebody is to watch over: those with a service that is waited for.
 */
final class Following {

	private final Neighbours neighbours;

	private final Presence presence;

	private final Set<Instance> followed = new LinkedHashSet<>();

	Following(Neighbours neighbours, Presence presence) {
		this.neighbours = neighbours;
		this.presence = presence;
	}

	/**
	 * The questions or the nodes have changed.
	 */
	void update(Collection<ServicePattern> patterns, long now) {
		Set<Instance> wanted = new LinkedHashSet<>();
		for (ServicePattern pattern : patterns) {
			for (Neighbour node : this.neighbours.offering(pattern)) {
				if (wanted.add(node.instance()) && !this.followed.contains(node.instance())) {
					follow(node);
				}
			}
		}
		for (Instance each : List.copyOf(this.followed)) {
			if (!wanted.contains(each)) {
				this.followed.remove(each);
				this.presence.release(each);
				this.neighbours.release(each, now);
			}
		}
	}

	boolean isFollowed(Instance node) {
		return this.followed.contains(node);
	}

	/**
	 * A node was heard. One that was lost is shown again only once it can be reached, if
	 * somebody looks after that.
	 */
	void heard(Instance instance, Collection<ServicePattern> patterns) {
		Neighbour node = this.neighbours.get(instance);
		if (node == null) {
			return;
		}
		if (node.isConfirmed()) {
			this.presence.heard(instance, node.endpoints());
			return;
		}
		boolean wanted = node.services.keySet()
			.stream()
			.anyMatch((service) -> patterns.stream().anyMatch((pattern) -> pattern.matches(service)));
		if (wanted && follow(node)) {
			return;
		}
		this.neighbours.show(node);
	}

	private boolean follow(Neighbour node) {
		// Before it is asked: it may find out before it has returned.
		this.followed.add(node.instance());
		boolean watched = this.presence.follow(node.instance(), node.endpoints());
		if (!watched) {
			this.followed.remove(node.instance());
		}
		return watched;
	}

	void close() {
		this.followed.forEach(this.presence::release);
		this.followed.clear();
	}

}
