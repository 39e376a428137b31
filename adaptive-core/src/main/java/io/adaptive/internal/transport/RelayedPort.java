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
 * Accepts the links of clients that have connected to a {@link RelayPort}, as
 * {@link TcpPort} accepts those that have connected to the node itself. Thread-safe.
 */
public final class RelayedPort {

	/** Limit of concurrent fetches; requests of a proxy beyond it are refused. */
	private static final int MAX_FETCHES = 1000;

	private final SocketTransport sockets;

	private final ServiceName service;

	private final LinkAcceptor acceptor;

	private final AtomicInteger fetches = new AtomicInteger();

	/**
	 * Creates the port of a node.
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
	 * @param proxy the endpoint of the proxy, with a socket
	 * @param token the client's token
	 * @param relayed the endpoint that the client has connected to, which becomes the
	 * endpoint of its link
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
