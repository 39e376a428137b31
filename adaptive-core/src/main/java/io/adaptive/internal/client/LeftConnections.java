package io.adaptive.internal.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.internal.stream.MultiplexedConnection;
import org.jspecify.annotations.Nullable;

/**
 * Replaced connections that have not ended yet: an instance that is leaving still answers
 * the open calls and streams, which may take long.
 */
final class LeftConnections {

	private final List<MultiplexedConnection> connections = new CopyOnWriteArrayList<>();

	/**
	 * Keeps a replaced connection until it ends.
	 */
	void add(@Nullable MultiplexedConnection before) {
		this.connections.removeIf(MultiplexedConnection::hasEnded);
		if (before != null && !before.hasEnded()) {
			this.connections.add(before);
		}
	}

	void close() {
		this.connections.forEach(MultiplexedConnection::close);
	}

}
