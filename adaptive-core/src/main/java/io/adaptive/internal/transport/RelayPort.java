package io.adaptive.internal.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.wire.RelayToken;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.RelayLimits;
import io.netty.channel.Channel;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import org.jspecify.annotations.Nullable;

/**
 * A public port of a reverse proxy for one node that is not reachable itself. Each
 * connecting client waits until that node has opened a connection to the proxy with the
 * client's token. Then both connections are bridged, and the proxy only passes bytes on.
 * Thread-safe.
 */
public final class RelayPort implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(RelayPort.class);

	/** Limit of bytes that wait on each connection when bandwidth is limited. */
	private static final int SHAPED_BYTES = 256 * 1024;

	private final SocketTransport sockets;

	private final Instance provider;

	private final RelayLimits limits;

	private final SocketListener listener;

	private final @Nullable GlobalTrafficShapingHandler shaper;

	private final Set<Channel> clients = ConcurrentHashMap.newKeySet();

	private final AtomicLong refused = new AtomicLong();

	private final LongAdder passedOn = new LongAdder();

	private final Throttle log = new Throttle(System::nanoTime, Duration.ofSeconds(10));

	private final CompletableFuture<Function<RelayToken, CompletableFuture<?>>> requests = new CompletableFuture<>();

	private volatile boolean closed;

	/**
	 * Binds a port. May block. Clients wait until {@link #open}, at most for the time
	 * limit of fetching.
	 * @param sockets the proxy's sockets
	 * @param address the address to listen on, with port 0 for a free one
	 * @param service the service named by the node behind the proxy when it fetches a
	 * client
	 * @param provider that node
	 * @param limits its limits
	 * @throws io.adaptive.message.CannotListenException if the address cannot be bound
	 */
	public RelayPort(SocketTransport sockets, Endpoint.Tcp address, ServiceName service, Instance provider,
			RelayLimits limits) {
		this.sockets = sockets;
		this.provider = provider;
		this.limits = limits;
		this.shaper = limits.isShaping() ? sockets.newShaper(limits.bytesPerSecond(), SHAPED_BYTES) : null;
		try {
			this.listener = sockets.listenUnread(address,
					(client) -> new WaitingClient(client, new Clients(), service, provider));
		}
		catch (RuntimeException | Error ex) {
			if (this.shaper != null) {
				this.shaper.release();
			}
			throw ex;
		}
	}

	/**
	 * Starts requesting that clients be fetched, including those that have connected
	 * since the port was bound. Called once only.
	 * @param requests asks the node behind the proxy to fetch the client of a token;
	 * called on the event loop or by this call, must not block; its future fails if the
	 * request cannot be sent, and is cancelled if it is no longer needed
	 */
	public void open(Function<RelayToken, CompletableFuture<?>> requests) {
		this.requests.complete(requests);
	}

	/**
	 * Returns the address for clients.
	 * @return the requested host, with the bound port
	 */
	public Endpoint.Tcp endpoint() {
		return (Endpoint.Tcp) this.listener.endpoint();
	}

	/**
	 * Returns the node behind the proxy.
	 * @return the node
	 */
	public Instance provider() {
		return this.provider;
	}

	/**
	 * Returns the number of connected clients, including those that wait.
	 * @return the current number
	 */
	public int connections() {
		return this.clients.size();
	}

	/**
	 * Returns the number of clients that were refused, because there were too many or
	 * they were not fetched in time.
	 * @return the number so far
	 */
	public long refused() {
		return this.refused.get();
	}

	/**
	 * Returns the amount of relayed data.
	 * @return the bytes of both directions so far
	 */
	public long bytes() {
		return this.passedOn.sum();
	}

	/**
	 * Handles a new client, on its event loop.
	 */
	private void arrived(WaitingClient client) {
		Channel channel = client.channel();
		this.clients.add(channel);
		channel.closeFuture().addListener((gone) -> this.clients.remove(channel));
		// Checked after adding: closing first sets the flag and then closes the clients.
		if (this.closed) {
			channel.close();
		}
		else if (this.clients.size() > this.limits.connections()) {
			refuse("too many connections");
			channel.close();
		}
		else {
			shape(channel);
			RelayToken token = this.sockets.waitingClients().add(client);
			client.await(() -> this.sockets.waitingClients().remove(token), request(token),
					this.limits.fetchTimeout().toMillis());
		}
	}

	private CompletableFuture<?> request(RelayToken token) {
		// Composed only if necessary: cancelling a composed future does not cancel its
		// source.
		return this.requests.isDone() ? this.requests.join().apply(token)
				: this.requests.thenCompose((ask) -> ask.apply(token));
	}

	/**
	 * Counts a client that was not fetched.
	 */
	private void notFetched() {
		refuse("not fetched in time");
	}

	private void refuse(String reason) {
		long count = this.refused.incrementAndGet();
		if (this.log.mayLog()) {
			logger.warn("relayed clients refused port={} provider={} reason=\"{}\" limit={} soFar={}",
					endpoint().port(), this.provider, reason, this.limits.connections(), count);
		}
	}

	/**
	 * Applies the node's bandwidth limit to the writes of a channel.
	 */
	private void shape(Channel channel) {
		if (this.shaper != null) {
			channel.pipeline().addFirst(this.shaper);
		}
	}

	/**
	 * Accepts no more clients, and closes the connections of the present ones. Closing
	 * twice has no effect. Does not block.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.listener.stop();
		this.clients.forEach(Channel::close);
		if (this.shaper != null) {
			this.shaper.release();
		}
	}

	@Override
	public String toString() {
		return "relay port %s of %s".formatted(endpoint().port(), this.provider);
	}

	/**
	 * The view of this port for its clients.
	 */
	private final class Clients implements WaitingClient.Port {

		@Override
		public void arrived(WaitingClient client) {
			RelayPort.this.arrived(client);
		}

		@Override
		public void notFetched() {
			RelayPort.this.notFetched();
		}

		@Override
		public void shape(Channel channel) {
			RelayPort.this.shape(channel);
		}

		@Override
		public LongAdder passedOn() {
			return RelayPort.this.passedOn;
		}

	}

}
