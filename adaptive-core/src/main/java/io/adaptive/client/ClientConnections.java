package io.adaptive.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.stream.Connection;

/**
 * The connections that a node's clients have open; they end with the node.
 */
public final class ClientConnections implements AutoCloseable {

	private final Set<Connection> open = ConcurrentHashMap.newKeySet();

	void add(Connection connection) {
		this.open.add(connection);
	}

	void remove(Connection connection) {
		this.open.remove(connection);
	}

	@Override
	public void close() {
		this.open.forEach(Connection::close);
	}

}
