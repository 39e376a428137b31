package io.adaptive.internal.transport;

import java.net.InetSocketAddress;

import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Endpoint;
import reactor.netty.DisposableServer;

/**
 * A bound socket.
 */
public final class SocketListener implements AutoCloseable {

	private final Endpoint endpoint;

	private final DisposableServer server;

	SocketListener(Endpoint endpoint, DisposableServer server) {
		this.endpoint = endpoint;
		this.server = server;
	}

	/**
	 * Returns where links are accepted.
	 * @return the endpoint
	 */
	public Endpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Tells whether only this machine can reach the socket.
	 */
	boolean isLoopback() {
		return !(this.server.address() instanceof InetSocketAddress internet)
				|| internet.getAddress().isLoopbackAddress();
	}

	/**
	 * Begins to close, without waiting for it.
	 */
	void stop() {
		this.server.dispose();
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Ends accepting.
	 * @param deadline until when to wait for that, seconds at most
	 */
	public void close(Deadline deadline) {
		this.server.dispose();
		NetworkThreads.await("server socket", this.server.onDispose(), deadline);
	}

}
