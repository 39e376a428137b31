package io.adaptive.internal.transport;

import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.PayloadCodec;
import io.adaptive.internal.wire.RelayToken;
import io.adaptive.message.CannotListenException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
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

	/** What receives, in the pipeline of each channel. */
	static final String HANDLER = "adaptive.link";

	private static final KeyValueLogger logger = KeyValueLogger.of(SocketTransport.class);

	private static final Duration BIND_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration LOOP_TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Time for the first packet to be lost twice, and less than a client waits, so that
	 * it is told what happened.
	 */
	private static final int CONNECT_TIMEOUT_MILLIS = 4000;

	private final Instance self;

	private final Codecs codecs;

	private final LinkSettings settings;

	private final LoopResources loops;

	private final boolean nativeSockets;

	private final HostNames hostNames;

	private final ReentrantLock dialing = new ReentrantLock();

	private final WaitingClients waitingClients = new WaitingClients();

	private final Traffic traffic = new Traffic();

	private final OwnAddresses ownAddresses;

	private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

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
		this(self, codecs, settings, preferNative, new HostNames(), new OwnAddresses());
	}

	/**
	 * Makes a transport with event loops of its own.
	 * @param self the node that accepts and opens links
	 * @param codecs how messages are encoded
	 * @param settings the limits of its links
	 * @param preferNative whether to use Netty's native sockets where there are any
	 * @param ownAddresses watches the addresses of this machine; ends with the transport
	 */
	public SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative,
			OwnAddresses ownAddresses) {
		this(self, codecs, settings, preferNative, new HostNames(), ownAddresses);
	}

	SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative, HostNames hostNames,
			OwnAddresses ownAddresses) {
		this.ownAddresses = ownAddresses;
		this.hostNames = hostNames;
		this.nativeSockets = preferNative && LoopResources.hasNativeSupport();
		this.self = self;
		this.codecs = codecs;
		this.settings = settings;
		this.loops = LoopResources.create("adaptive-io", Runtime.getRuntime().availableProcessors(), true);
	}

	/**
	 * Returns what watches the addresses of this machine.
	 * @return ends with the transport
	 */
	public OwnAddresses ownAddresses() {
		return this.ownAddresses;
	}

	/**
	 * Accepts links on a unix socket.
	 * @param path the socket file, which must not exist
	 * @param acceptor decides on each link
	 * @return the listener; disposing it ends accepting, not the links
	 */
	public Listener listen(Path path, LinkAcceptor acceptor) {
		Endpoint endpoint = new Endpoint.UnixSocket(path);
		TcpServer server = TcpServer.create().bindAddress(() -> address(path));
		return new Listener(endpoint, bind(reading(server), (channel) -> newAccepted(endpoint, acceptor)));
	}

	/**
	 * Accepts links on a TCP port. Blocks while a host name is looked up.
	 * @param address the host that leads to one of this machine's addresses, or to all of
	 * them, and the port, 0 for a free one
	 * @param acceptor decides on each link
	 * @return the listener with the address it got; disposing it ends accepting, not the
	 * links
	 * @throws CannotListenException if the address cannot be had
	 */
	public Listener listen(Endpoint.Tcp address, LinkAcceptor acceptor) {
		return bind(address, reading(server(address)),
				(channel) -> newAccepted(endpoint(channel.localAddress()), acceptor));
	}

	/**
	 * Accepts connections on a TCP port and reads nothing from them.
	 */
	Listener listenUnread(Endpoint.Tcp address, Function<Channel, ChannelHandler> handler) {
		return bind(address, server(address), handler);
	}

	private static TcpServer server(Endpoint.Tcp address) {
		return TcpServer.create()
			.bindAddress(() -> new InetSocketAddress(address.host(), address.port()))
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childOption(ChannelOption.SO_KEEPALIVE, true);
	}

	private static TcpServer reading(TcpServer server) {
		return server.doOnConnection((connection) -> connection.channel().config().setAutoRead(true));
	}

	private Listener bind(Endpoint.Tcp address, TcpServer server, Function<Channel, ChannelHandler> handler) {
		try {
			DisposableServer bound = bind(server, handler);
			return new Listener(new Endpoint.Tcp(address.host(), bound.port()), bound);
		}
		catch (ChannelBindException | UnresolvedAddressException ex) {
			throw new CannotListenException(address, reason(ex), ex);
		}
	}

	private DisposableServer bind(TcpServer server, Function<Channel, ChannelHandler> handler) {
		DisposableServer bound = server.runOn(this.loops, this.nativeSockets)
			.doOnChannelInit((observer, channel, remote) -> addLink(channel, handler.apply(channel)))
			.bindNow(BIND_TIMEOUT);
		bound.channel().pipeline().addFirst(new AcceptFailures());
		return bound;
	}

	private AcceptedLink newAccepted(Endpoint endpoint, LinkAcceptor acceptor) {
		return new AcceptedLink(endpoint, this.settings, this.codecs, this.self, acceptor, this.waitingClients,
				this.traffic);
	}

	/**
	 * Returns what counts for the node, in scopes without sockets too.
	 * @return the numbers of all scopes
	 */
	public Traffic traffic() {
		return this.traffic;
	}

	WaitingClients waitingClients() {
		return this.waitingClients;
	}

	/**
	 * Makes what holds back writing to many channels, so that they keep within a limit
	 * together. It holds back writing only: reading then stops by itself, for who reads
	 * looks whether what was read can be written.
	 */
	GlobalTrafficShapingHandler newShaper(long bytesPerSecond, int maxWaitingBytes) {
		GlobalTrafficShapingHandler shaper = new GlobalTrafficShapingHandler(
				(ScheduledExecutorService) this.loops.onServer(this.nativeSockets), bytesPerSecond, 0);
		shaper.setMaxWriteSize(maxWaitingBytes);
		return shaper;
	}

	private static Endpoint endpoint(SocketAddress address) {
		InetSocketAddress internet = (InetSocketAddress) address;
		return new Endpoint.Tcp(NetUtil.toAddressString(internet.getAddress()), internet.getPort());
	}

	/**
	 * Opens a link. May be called from any thread, does not block.
	 * @param endpoint where to, with a socket
	 * @param target what is wanted there
	 * @param acceptor gives the receiver once the peer has accepted
	 * @return the link, or a {@link ConnectionRefusedException}
	 */
	CompletableFuture<Link> dial(Endpoint endpoint, DialedLink.Target target, LinkAcceptor acceptor) {
		CompletableFuture<Link> result = new CompletableFuture<>();
		connect(endpoint, target.service(), () -> new DialedLink(endpoint, target, this.settings,
				this.codecs.preferred(), this.self, acceptor, this.traffic, result), result);
		return result;
	}

	/**
	 * Opens a connection to a reverse proxy, and makes it the accepting end of the link
	 * of a client that waits there.
	 * @param clients counts the connection while it is open
	 */
	CompletableFuture<?> fetch(Endpoint proxy, ServiceName service, RelayToken token, Endpoint.Relayed relayed,
			LinkAcceptor acceptor, AtomicInteger clients) {
		CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
		Hello hello = new Hello(service, null, this.self, this.codecs.preferred().name(), this.settings.limits(),
				token);
		connect(proxy, service, () -> new ClientFetch(hello, relayed, this.settings.handshakeTimeout().toMillis(),
				() -> newAccepted(relayed, acceptor), clients, result), result);
		return result;
	}

	/**
	 * Connects, and tells only of failures; the handler tells of the rest.
	 */
	private void connect(Endpoint endpoint, ServiceName service, Supplier<ChannelHandler> handler,
			CompletableFuture<?> result) {
		// A name may have many addresses, and each that is tried has a channel of its
		// own.
		Mono<?> connected = Mono
			.defer(() -> client(endpoint).runOn(this.loops, this.nativeSockets)
				.doOnChannelInit((observer, channel, remote) -> addLink(channel, handler.get()))
				.doOnConnected((connection) -> connection.channel().config().setAutoRead(true))
				.connect())
			.onErrorResume((error) -> {
				result.completeExceptionally(new ConnectionRefusedException(ErrorCode.UNAVAILABLE,
						"%s@%s cannot be reached: %s".formatted(service, endpoint, reason(error))));
				return Mono.empty();
			});
		begin(connected, result);
	}

	private TcpClient client(Endpoint endpoint) {
		if (endpoint instanceof Endpoint.UnixSocket socket) {
			// Without a resolver of the node's own, Reactor Netty keeps one in a static
			// table, and with it the event loops of the node, also after its end.
			return TcpClient.newConnection().remoteAddress(() -> address(socket.path())).resolver(this.hostNames);
		}
		if (endpoint instanceof Endpoint.Relayed relayed) {
			return client(relayed.address());
		}
		if (endpoint instanceof Endpoint.Tcp tcp) {
			return TcpClient.newConnection()
				.remoteAddress(() -> address(tcp))
				.resolver(this.hostNames)
				.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
				.option(ChannelOption.TCP_NODELAY, true)
				.option(ChannelOption.SO_KEEPALIVE, true);
		}
		throw new IllegalArgumentException("Not a socket: " + endpoint);
	}

	/**
	 * Addresses are taken as they are, names are left to the resolver.
	 */
	private static SocketAddress address(Endpoint.Tcp tcp) {
		boolean isName = !NetUtil.isValidIpV4Address(tcp.host()) && !NetUtil.isValidIpV6Address(tcp.host());
		return isName ? InetSocketAddress.createUnresolved(tcp.host(), tcp.port())
				: new InetSocketAddress(tcp.host(), tcp.port());
	}

	private static String reason(Throwable error) {
		Throwable cause = (error instanceof ChannelBindException && error.getCause() != null) ? error.getCause()
				: error;
		String message = cause.getMessage();
		if (cause instanceof NoRouteToHostException) {
			return "there is no route to that host";
		}
		return (message != null) ? message : cause.getClass().getSimpleName();
	}

	/**
	 * Begins to connect unless this is closed: event loops that end must not be handed a
	 * channel, nor others be made in their place.
	 */
	@SuppressWarnings("CollectionUndefinedEquality") // each is itself
	private void begin(Mono<?> connected, CompletableFuture<?> result) {
		this.dialing.lock();
		try {
			if (this.closed) {
				result.completeExceptionally(nodeClosed());
				return;
			}
			this.pending.add(result);
			result.whenComplete((link, error) -> this.pending.remove(result));
			connected.subscribe();
		}
		finally {
			this.dialing.unlock();
		}
	}

	/**
	 * Runs something on an event loop later, unless this is closed by then.
	 * @param work must not block
	 */
	void later(Duration delay, Runnable work) {
		this.dialing.lock();
		try {
			if (!this.closed) {
				this.loops.onClient(this.nativeSockets).schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
			}
		}
		finally {
			this.dialing.unlock();
		}
	}

	private static ConnectionRefusedException nodeClosed() {
		return new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "Cannot connect, this node is closed");
	}

	/**
	 * Loads what the first connection needs, by dialling where nobody listens.
	 * @param directory a directory that exists
	 */
	public void warmUp(Path directory) {
		Endpoint nowhere = new Endpoint.UnixSocket(directory.resolve("nobody"));
		DialedLink.Target target = new DialedLink.Target(new ServiceName("adaptive", "warm-up"), null, this.self);
		dial(nowhere, target, (link) -> {
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
		close(Deadline.NEVER);
	}

	/**
	 * Ends the event loops and with them what is still open.
	 * @param deadline until when to wait for them, seconds at most
	 */
	public void close(Deadline deadline) {
		stopDialing();
		this.ownAddresses.close();
		this.pending.forEach((result) -> result.completeExceptionally(nodeClosed()));
		this.hostNames.close();
		await("event loops", this.loops.disposeLater(Duration.ZERO, LOOP_TIMEOUT), deadline);
	}

	/**
	 * Waits until something that event loops close is closed. A loop that does not get to
	 * it, on a machine that is very busy or with a handler that never returns, gets to it
	 * later, or ends with the program: whoever closes a node does not wait for that.
	 */
	private static void await(String what, Mono<Void> closed, Deadline deadline) {
		try {
			closed.block(Deadline.in(LOOP_TIMEOUT).soonerOf(deadline).left());
		}
		catch (IllegalStateException ex) {
			logger.warn("event loop is busy, closed later what={}", what, ex);
		}
	}

	private void stopDialing() {
		this.dialing.lock();
		try {
			this.closed = true;
		}
		finally {
			this.dialing.unlock();
		}
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

	}

}
