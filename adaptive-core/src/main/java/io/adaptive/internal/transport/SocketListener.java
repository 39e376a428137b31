package io.adaptive.internal.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Endpoint;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/**
 * A bound socket.
 */
public final class SocketListener implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(SocketListener.class);

	static final Duration LOOP_TIMEOUT = Duration.ofSeconds(5);

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
		await("server socket", this.server.onDispose(), deadline);
	}

	/**
	 * Waits until something that event loops close is closed. A loop that does not get to
	 * it, on a machine that is very busy or with a handler that never returns, gets to it
	 * later, or ends with the program: whoever closes a node does not wait for that.
	 */
	static void await(String what, Mono<Void> closed, Deadline deadline) {
		try {
			closed.block(Deadline.in(LOOP_TIMEOUT).soonerOf(deadline).left());
		}
		catch (IllegalStateException ex) {
			logger.warn("event loop is busy, closed later what={}", what, ex);
		}
	}

}
