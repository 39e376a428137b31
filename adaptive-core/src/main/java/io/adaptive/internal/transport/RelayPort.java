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
 * A public port of a reverse proxy for one node that cannot be reached itself. Each
 * client that connects waits until that node has opened a connection to the proxy with
 * the client's token; then both connections become one, and the proxy only passes bytes
 * on. Safe for use by many threads.
 */
public final class RelayPort implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(RelayPort.class);

	/** What may wait for its turn on each connection, where bytes are limited. */
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
	 * Binds a port. May block. Clients wait until {@link #open}, no longer than for the
	 * node.
	 * @param sockets the proxy's sockets
	 * @param address where to listen, port 0 for a free one
	 * @param service the service that the node behind the proxy names when it comes for a
	 * client
	 * @param provider that node
	 * @param limits what it may use
	 * @throws io.adaptive.message.CannotListenException if the address cannot be had
	 */
	public RelayPort(SocketTransport sockets, Endpoint.Tcp address, ServiceName service, Instance provider,
			RelayLimits limits) {
		this.sockets = sockets;
		this.provider = provider;
		this.limits = limits;
		this.shaper = limits.isShaping() ? sockets.newShaper(limits.bytesPerSecond(), SHAPED_BYTES) : null;
		this.listener = sockets.listenUnread(address,
				(client) -> new WaitingClient(client, new Clients(), service, provider));
	}

	/**
	 * Begins to ask for clients, those included that have come since the port was bound.
	 * Once only.
	 * @param requests asks the node behind the proxy to come for the client of a token;
	 * called on the event loop or by this call, must not block; the future fails if that
	 * cannot be, and is cancelled if it need not be
	 */
	public void open(Function<RelayToken, CompletableFuture<?>> requests) {
		this.requests.complete(requests);
	}

	/**
	 * Returns where clients connect.
	 * @return the address that was asked for, with the port that it got
	 */
	public Endpoint.Tcp endpoint() {
		return (Endpoint.Tcp) this.listener.endpoint();
	}

	/**
	 * Returns whose port this is.
	 * @return the node behind the proxy
	 */
	public Instance provider() {
		return this.provider;
	}

	/**
	 * Returns how many clients are connected, those that wait included.
	 * @return the number of this moment
	 */
	public int connections() {
		return this.clients.size();
	}

	/**
	 * Returns how many clients were turned away, because there were too many or nobody
	 * came for them in time.
	 * @return the number so far
	 */
	public long refused() {
		return this.refused.get();
	}

	/**
	 * Returns how much was passed on.
	 * @return the bytes of both directions so far
	 */
	public long bytes() {
		return this.passedOn.sum();
	}

	/**
	 * A client has connected. On its event loop.
	 */
	private void arrived(WaitingClient client) {
		Channel channel = client.channel();
		this.clients.add(channel);
		channel.closeFuture().addListener((gone) -> this.clients.remove(channel));
		// Looked at after adding: whoever closes looks for clients after closing.
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
		// Composed only where it must be: cancelling what is composed stops only itself.
		return this.requests.isDone() ? this.requests.join().apply(token)
				: this.requests.thenCompose((ask) -> ask.apply(token));
	}

	/**
	 * Nobody has come for a client.
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
	 * Lets what is written to a channel count for the node's share.
	 */
	private void shape(Channel channel) {
		if (this.shaper != null) {
			channel.pipeline().addFirst(this.shaper);
		}
	}

	/**
	 * Accepts no more clients, and closes the connections of those that are there.
	 * Closing twice does nothing. Does not block.
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
	 * This port as its clients see it.
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
