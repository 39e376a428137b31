package io.adaptive.internal.transport;

import java.util.Optional;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Endpoint;
import io.adaptive.spi.LinkAcceptor;
import org.jspecify.annotations.Nullable;

/**
 * The one TCP port of a node, for all its services and for every scope over TCP. It is
 * bound on first use. Thread-safe.
 */
public final class TcpPort implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(TcpPort.class);

	private final Endpoint.Tcp address;

	private final SocketTransport sockets;

	private final LinkAcceptor acceptor;

	private @Nullable SocketListener listener;

	private boolean closed;

	/**
	 * Creates a port that is not bound yet.
	 * @param address the address to listen on
	 * @param sockets the transport of the node
	 * @param acceptor decides on links to the node's services
	 */
	public TcpPort(Endpoint.Tcp address, SocketTransport sockets, LinkAcceptor acceptor) {
		this.address = address;
		this.sockets = sockets;
		this.acceptor = acceptor;
	}

	/**
	 * Binds the port, unless it is bound. May block.
	 * @throws io.adaptive.message.CannotListenException if the address cannot be bound
	 * @throws IllegalStateException if the port is closed
	 */
	public synchronized void open() {
		if (this.closed) {
			throw new IllegalStateException("The node is closed");
		}
		if (this.listener == null) {
			SocketListener bound = this.sockets.listen(this.address, this.acceptor);
			this.listener = bound;
			if (bound.isLoopback()) {
				logger.info("listening endpoint={}", bound.endpoint());
			}
			else {
				logger.warn(
						"listening without encryption or authentication, open to every host that can reach it endpoint={}",
						bound.endpoint());
			}
		}
	}

	/**
	 * Returns the endpoint of the port.
	 * @return the bound endpoint, empty while it is not bound
	 */
	public synchronized Optional<Endpoint.Tcp> endpoint() {
		return Optional.ofNullable(this.listener).map((bound) -> (Endpoint.Tcp) bound.endpoint());
	}

	/**
	 * Stops accepting links; existing ones stay open.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Stops accepting links; existing ones stay open.
	 * @param deadline the end of the waiting for the socket
	 */
	public synchronized void close(Deadline deadline) {
		this.closed = true;
		if (this.listener != null) {
			this.listener.close(deadline);
			this.listener = null;
		}
	}

}
