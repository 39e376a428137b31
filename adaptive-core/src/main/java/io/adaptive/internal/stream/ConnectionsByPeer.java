package io.adaptive.internal.stream;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;

/**
 * Open connections by peer node and service. A connection that is no longer open never
 * opens again, so it is removed when it is first found closed. Guarded by the lock of its
 * owner.
 */
final class ConnectionsByPeer {

	private final Map<Peer, Set<MultiplexedConnection>> connections = new HashMap<>();

	void add(MultiplexedConnection connection) {
		// Linked, since finding the first element of a plain set after many removals is
		// slow.
		this.connections.computeIfAbsent(Peer.of(connection), (peer) -> new LinkedHashSet<>()).add(connection);
	}

	void remove(MultiplexedConnection connection) {
		this.connections.computeIfPresent(Peer.of(connection), (peer, all) -> {
			all.remove(connection);
			return all.isEmpty() ? null : all;
		});
	}

	List<MultiplexedConnection> open(Instance instance, ServiceName service) {
		return this.connections.getOrDefault(new Peer(instance, service), Set.of())
			.stream()
			.filter(MultiplexedConnection::isOpen)
			.toList();
	}

	boolean hasOpen(Instance instance, ServiceName service) {
		Peer peer = new Peer(instance, service);
		Iterator<MultiplexedConnection> all = this.connections.getOrDefault(peer, Set.of()).iterator();
		while (all.hasNext()) {
			if (all.next().isOpen()) {
				return true;
			}
			all.remove();
		}
		this.connections.remove(peer);
		return false;
	}

	private record Peer(Instance instance, ServiceName service) {

		static Peer of(MultiplexedConnection connection) {
			return new Peer(connection.info().peer(), connection.info().service());
		}

	}

}
