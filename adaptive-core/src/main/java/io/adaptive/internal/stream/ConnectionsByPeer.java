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
 * Open connections by the service of the node that they lead to. A connection that is not
 * open any more never is again, so that it leaves when it is met and is met once. Under
 * the lock of its owner.
 */
final class ConnectionsByPeer {

	private final Map<Peer, Set<MultiplexedConnection>> connections = new HashMap<>();

	void add(MultiplexedConnection connection) {
		// In order, since the first one of a plain set is searched for through all that
		// left.
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
