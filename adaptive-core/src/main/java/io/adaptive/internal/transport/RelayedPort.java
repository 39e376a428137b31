package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.internal.wire.RelayToken;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.spi.LinkAcceptor;

/**
 * Takes the links of clients that have connected to a {@link RelayPort}, as
 * {@link TcpPort} takes those that have connected to the node itself. Safe for use by
 * many threads.
 */
public final class RelayedPort {

	/** A proxy that asks for more at a time is not listened to. */
	private static final int MAX_FETCHES = 1000;

	private final SocketTransport sockets;

	private final ServiceName service;

	private final LinkAcceptor acceptor;

	private final AtomicInteger fetches = new AtomicInteger();

	/**
	 * Makes the port of a node.
	 * @param sockets the node's sockets
	 * @param service the service of the proxy
	 * @param acceptor decides on links to the node's services
	 */
	public RelayedPort(SocketTransport sockets, ServiceName service, LinkAcceptor acceptor) {
		this.sockets = sockets;
		this.service = service;
		this.acceptor = acceptor;
	}

	/**
	 * Fetches a client that waits at the proxy. May be called from any thread, does not
	 * block.
	 * @param proxy where the proxy is reached, with a socket
	 * @param token the client's token
	 * @param relayed where the client has connected to; its link will say so
	 * @param clients counts the connections of clients while they are open
	 * @return completes when the client is connected to this node, or fails with a
	 * {@link ConnectionRefusedException}
	 */
	public CompletableFuture<?> fetch(Endpoint proxy, RelayToken token, Endpoint.Relayed relayed,
			AtomicInteger clients) {
		if (this.fetches.incrementAndGet() > MAX_FETCHES) {
			this.fetches.decrementAndGet();
			return CompletableFuture.failedFuture(new ConnectionRefusedException(ErrorCode.RESOURCE_EXHAUSTED,
					"%s clients of %s are being fetched, the limit".formatted(MAX_FETCHES, relayed)));
		}
		return this.sockets.fetch(proxy, this.service, token, relayed, this.acceptor, clients)
			.whenComplete((done, error) -> this.fetches.decrementAndGet());
	}

}
