package io.adaptive.transport;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.wire.Codecs;
import io.adaptive.wire.PayloadCodec;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.unix.DomainSocketAddress;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpClient;
import reactor.netty.tcp.TcpServer;

/**
 * Links over sockets. Reactor Netty sets the sockets up; the links themselves are plain
 * Netty handlers in front of its reactive bridge.
 */
public final class SocketTransport implements AutoCloseable {

	private static final String HANDLER = "adaptive.link";

	private static final Duration BIND_TIMEOUT = Duration.ofSeconds(30);

	private final Instance self;

	private final Codecs codecs;

	private final LinkSettings settings;

	private final LoopResources loops;

	private final boolean nativeSockets;

	private final ReentrantLock dialing = new ReentrantLock();

	private boolean closed;

	/**
	 * Makes a transport with event loops of its own, over native sockets where there are
	 * any.
	 * @param self the node that accepts and opens links
	 * @param codec how messages are encoded
	 * @param settings the limits of its links
	 */
	public SocketTransport(Instance self, PayloadCodec codec, LinkSettings settings) {
		this(self, new Codecs(codec), settings, true);
	}

	/**
	 * Makes a transport with event loops of its own.
	 * @param self the node that accepts and opens links
	 * @param codecs how messages are encoded
	 * @param settings the limits of its links
	 * @param preferNative whether to use Netty's native sockets where there are any, or
	 * always those of the JDK
	 */
	public SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative) {
		this.nativeSockets = preferNative && LoopResources.hasNativeSupport();
		this.self = self;
		this.codecs = codecs;
		this.settings = settings;
		this.loops = LoopResources.create("adaptive-io", Runtime.getRuntime().availableProcessors(), true);
	}

	/**
	 * Accepts links on a unix socket.
	 * @param path the socket file, which must not exist
	 * @param acceptor decides on each link
	 * @return the listener; disposing it ends accepting, not the links
	 */
	public Listener listen(Path path, LinkAcceptor acceptor) {
		Endpoint endpoint = new Endpoint.UnixSocket(path);
		DisposableServer server = TcpServer.create()
			.runOn(this.loops, this.nativeSockets)
			.bindAddress(() -> address(path))
			.doOnChannelInit((observer, channel, remote) -> addLink(channel,
					new AcceptedLink(endpoint, this.settings, this.codecs, this.self, acceptor)))
			.doOnConnection((connection) -> connection.channel().config().setAutoRead(true))
			.bindNow(BIND_TIMEOUT);
		return new Listener(endpoint, server);
	}

	/**
	 * Opens a link. May be called from any thread, does not block.
	 * @param target where to, an endpoint with a socket
	 * @param acceptor gives the receiver once the peer has accepted
	 * @return the link, or a {@link io.adaptive.message.ConnectionRefusedException}
	 */
	CompletableFuture<Link> dial(ServiceInstance target, LinkAcceptor acceptor) {
		if (!(target.endpoint() instanceof Endpoint.UnixSocket socket)) {
			throw new IllegalArgumentException("Not a socket: " + target);
		}
		DialedLink link = new DialedLink(target, this.settings, this.codecs.preferred(), this.self, acceptor);
		Mono<?> connected = Mono
			.defer(() -> TcpClient.newConnection()
				.runOn(this.loops, this.nativeSockets)
				.remoteAddress(() -> address(socket.path()))
				.doOnChannelInit((observer, channel, remote) -> addLink(channel, link))
				.doOnConnected((connection) -> connection.channel().config().setAutoRead(true))
				.connect())
			.onErrorResume((error) -> {
				link.fail(ErrorCode.UNAVAILABLE, String.valueOf(error.getMessage()));
				return Mono.empty();
			});
		if (!begin(connected)) {
			link.fail(ErrorCode.UNAVAILABLE, "this node is closed");
		}
		return link.result();
	}

	/**
	 * Begins to connect unless this is closed: event loops that end must not be handed a
	 * channel, nor others be made in their place.
	 */
	private boolean begin(Mono<?> connected) {
		this.dialing.lock();
		try {
			if (!this.closed) {
				connected.subscribe();
			}
			return !this.closed;
		}
		finally {
			this.dialing.unlock();
		}
	}

	/**
	 * Loads what the first connection needs, by dialling where nobody listens.
	 * @param directory a directory that exists
	 */
	public void warmUp(Path directory) {
		Endpoint nowhere = new Endpoint.UnixSocket(directory.resolve("nobody"));
		ServiceInstance target = new ServiceInstance(new ServiceName("adaptive", "warm-up"), this.self, nowhere);
		dial(target, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "only a warm-up");
		}).exceptionally((expected) -> null).join();
	}

	private SocketAddress address(Path path) {
		return this.nativeSockets ? new DomainSocketAddress(path.toString()) : UnixDomainSocketAddress.of(path);
	}

	private static void addLink(Channel channel, ChannelHandler link) {
		channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, HANDLER, link);
	}

	/**
	 * Ends the event loops and with them what is still open.
	 */
	@Override
	public void close() {
		this.dialing.lock();
		this.closed = true;
		this.dialing.unlock();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(10));
	}

	/**
	 * A bound socket.
	 */
	public static final class Listener implements AutoCloseable {

		private final Endpoint endpoint;

		private final DisposableServer server;

		Listener(Endpoint endpoint, DisposableServer server) {
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

		@Override
		public void close() {
			this.server.disposeNow(BIND_TIMEOUT);
		}

	}

}
