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
	 * Returns the endpoint on which links are accepted.
	 * @return the endpoint
	 */
	public Endpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Returns whether the socket is reachable from this machine only.
	 */
	boolean isLoopback() {
		return !(this.server.address() instanceof InetSocketAddress internet)
				|| internet.getAddress().isLoopbackAddress();
	}

	/**
	 * Starts closing, without waiting for the end.
	 */
	void stop() {
		this.server.dispose();
	}

	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Stops accepting.
	 * @param deadline the end of the waiting for the socket, which takes seconds at most
	 */
	public void close(Deadline deadline) {
		this.server.dispose();
		NetworkThreads.await("server socket", this.server.onDispose(), deadline);
	}

}
