package io.adaptive.internal.beacon;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.message.Instance;
import io.adaptive.message.ServicePattern;

/**
 * Selection of the nodes to monitor: those with a service that matches a pending query.
 */
final class MonitoredNodes {

	private final NodeCache cache;

	private final NodeMonitor monitor;

	private final Set<Instance> followed = new LinkedHashSet<>();

	MonitoredNodes(NodeCache cache, NodeMonitor monitor) {
		this.cache = cache;
		this.monitor = monitor;
	}

	/**
	 * Updates the selection after the queries or the nodes have changed.
	 */
	void update(Collection<ServicePattern> patterns, long now) {
		Set<Instance> wanted = new LinkedHashSet<>();
		for (ServicePattern pattern : patterns) {
			for (RemoteNode node : this.cache.offering(pattern)) {
				if (wanted.add(node.instance()) && !this.followed.contains(node.instance())) {
					follow(node);
				}
			}
		}
		for (Instance each : List.copyOf(this.followed)) {
			if (!wanted.contains(each)) {
				this.followed.remove(each);
				this.monitor.release(each);
				this.cache.release(each, now);
			}
		}
	}

	boolean isFollowed(Instance node) {
		return this.followed.contains(node);
	}

	/**
	 * Handles a datagram from a node. A node that was lost and is to be monitored is
	 * shown again only after the monitor has reached it.
	 */
	void heard(Instance instance, Collection<ServicePattern> patterns) {
		RemoteNode node = this.cache.get(instance);
		if (node == null) {
			return;
		}
		if (node.isConfirmed()) {
			this.monitor.heard(instance, node.endpoints());
			return;
		}
		boolean wanted = node.services.keySet()
			.stream()
			.anyMatch((service) -> patterns.stream().anyMatch((pattern) -> pattern.matches(service)));
		if (wanted && follow(node)) {
			return;
		}
		this.cache.show(node);
	}

	private boolean follow(RemoteNode node) {
		// Added before the call: the monitor may report the node before it returns.
		this.followed.add(node.instance());
		boolean watched = this.monitor.follow(node.instance(), node.endpoints());
		if (!watched) {
			this.followed.remove(node.instance());
		}
		return watched;
	}

	void close() {
		this.followed.forEach(this.monitor::release);
		this.followed.clear();
	}

}
