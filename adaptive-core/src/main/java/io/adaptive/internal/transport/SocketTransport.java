package io.adaptive.internal.transport;

import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

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
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * Links over sockets. Reactor Netty sets up the sockets; the links themselves are plain
 * Netty handlers in front of its reactive bridge.
 */
public final class SocketTransport implements AutoCloseable {

	private static final Duration BIND_TIMEOUT = Duration.ofSeconds(30);

	private final LinkOwner owner;

	private final LoopResources loops;

	private final boolean nativeSockets;

	private final HostNames hostNames;

	private final SocketClients clients;

	private final DialGate gate = new DialGate();

	private final WaitingClients waitingClients = new WaitingClients();

	private final NetworkThreads threads;

	private final boolean ownsThreads;

	private final OpenChannels open = new OpenChannels();

	/**
	 * Creates a transport with event loops of its own, over native sockets where
	 * available.
	 * @param self the node that accepts and opens links
	 * @param codec the codec of messages
	 * @param settings the limits of its links
	 */
	public SocketTransport(Instance self, PayloadCodec codec, LinkSettings settings) {
		this(self, new Codecs(codec), settings, true);
	}

	/**
	 * Creates a transport with event loops of its own.
	 * @param self the node that accepts and opens links
	 * @param codecs the codecs of messages
	 * @param settings the limits of its links
	 * @param preferNative whether to use Netty's native sockets where available, or
	 * always those of the JDK
	 */
	public SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative) {
		this(self, codecs, settings, preferNative, new HostNames(), new OwnAddresses());
	}

	/**
	 * Creates a transport with event loops of its own.
	 * @param self the node that accepts and opens links
	 * @param codecs the codecs of messages
	 * @param settings the limits of its links
	 * @param preferNative whether to use Netty's native sockets where available
	 * @param ownAddresses watch over the addresses of this machine; closed with the
	 * transport
	 */
	public SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative,
			OwnAddresses ownAddresses) {
		this(self, codecs, settings, preferNative, new HostNames(), ownAddresses);
	}

	/**
	 * Creates a transport on shared event loops, which continue after its end.
	 * @param self the node that accepts and opens links
	 * @param codecs the codecs of messages
	 * @param settings the limits of its links
	 * @param preferNative whether to use Netty's native sockets where available
	 * @param threads the event loops
	 */
	public SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative,
			NetworkThreads threads) {
		this(self, codecs, settings, preferNative, new HostNames(), threads, false);
	}

	SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative, HostNames hostNames,
			OwnAddresses ownAddresses) {
		this(self, codecs, settings, preferNative, hostNames, new NetworkThreads(ownAddresses), true);
	}

	private SocketTransport(Instance self, Codecs codecs, LinkSettings settings, boolean preferNative,
			HostNames hostNames, NetworkThreads threads, boolean ownsThreads) {
		this.threads = threads;
		this.ownsThreads = ownsThreads;
		this.hostNames = hostNames;
		this.nativeSockets = preferNative && LoopResources.hasNativeSupport();
		this.clients = new SocketClients(hostNames, this.nativeSockets);
		this.owner = new LinkOwner(self, codecs, settings, new Traffic());
		this.loops = threads.loops();
	}

	/**
	 * Returns the watch over the addresses of this machine.
	 * @return the watch, closed with the threads of this transport
	 */
	public OwnAddresses ownAddresses() {
		return this.threads.addresses();
	}

	/**
	 * Accepts links on a unix socket.
	 * @param path the socket file, which must not exist
	 * @param acceptor decides on each link
	 * @return the listener; disposing it ends accepting, not the links
	 */
	public SocketListener listen(Path path, LinkAcceptor acceptor) {
		Endpoint endpoint = new Endpoint.UnixSocket(path);
		TcpServer server = TcpServer.create().bindAddress(() -> this.clients.address(path));
		return new SocketListener(endpoint, bind(reading(server), (channel) -> newAccepted(endpoint, acceptor)));
	}

	/**
	 * Accepts links on a TCP port. Blocks while a host name is resolved.
	 * @param address the host, which resolves to one of this machine's addresses or to
	 * all of them, and the port, 0 for a free one
	 * @param acceptor decides on each link
	 * @return the listener with the bound port; disposing it ends accepting, not the
	 * links
	 * @throws CannotListenException if the address cannot be bound
	 */
	public SocketListener listen(Endpoint.Tcp address, LinkAcceptor acceptor) {
		return bind(address, reading(server(address)),
				(channel) -> newAccepted(endpoint(channel.localAddress()), acceptor));
	}

	/**
	 * Accepts connections on a TCP port and reads nothing from them.
	 */
	SocketListener listenUnread(Endpoint.Tcp address, Function<Channel, ChannelHandler> handler) {
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

	private SocketListener bind(Endpoint.Tcp address, TcpServer server, Function<Channel, ChannelHandler> handler) {
		try {
			DisposableServer bound = bind(server, handler);
			return new SocketListener(new Endpoint.Tcp(address.host(), bound.port()), bound);
		}
		catch (ChannelBindException | UnresolvedAddressException ex) {
			throw new CannotListenException(address, reason(ex), ex);
		}
	}

	private DisposableServer bind(TcpServer server, Function<Channel, ChannelHandler> handler) {
		DisposableServer bound = server.runOn(this.loops, this.nativeSockets)
			.doOnChannelInit((observer, channel, remote) -> addLink(channel, handler.apply(channel)))
			.bindNow(BIND_TIMEOUT);
		this.open.add(bound.channel());
		bound.channel().pipeline().addFirst(new AcceptFailures());
		return bound;
	}

	private ChannelHandler newAccepted(Endpoint endpoint, LinkAcceptor acceptor) {
		return new AcceptHandshake(this.owner, endpoint, acceptor, this.waitingClients);
	}

	/**
	 * Returns the counters of the node, also for scopes without sockets.
	 * @return the counters of all scopes
	 */
	public Traffic traffic() {
		return this.owner.traffic();
	}

	WaitingClients waitingClients() {
		return this.waitingClients;
	}

	/**
	 * Creates a handler that limits the joint write bandwidth of many channels. Only
	 * writing is limited: reading then stops by itself, since each channel is read only
	 * while the opposite one is writable.
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
	 * @param endpoint the endpoint, with a socket
	 * @param target the requested service and node
	 * @param acceptor gives the receiver once the peer has accepted
	 * @return the link, or a {@link ConnectionRefusedException}
	 */
	CompletableFuture<Link> dial(Endpoint endpoint, DialTarget target, LinkAcceptor acceptor) {
		CompletableFuture<Link> result = new CompletableFuture<>();
		connect(endpoint, target.service(), () -> new DialHandshake(this.owner, endpoint, target, acceptor, result),
				result);
		return result;
	}

	/**
	 * Opens a connection to a reverse proxy, which becomes the accepting end of the link
	 * of a waiting client.
	 * @param clients counts the connection while it is open
	 */
	CompletableFuture<?> fetch(Endpoint proxy, ServiceName service, RelayToken token, Endpoint.Relayed relayed,
			LinkAcceptor acceptor, AtomicInteger clients) {
		CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
		Hello hello = new Hello(service, null, this.owner.self(), this.owner.codecs().preferred().name(),
				this.owner.settings().limits(), token);
		connect(proxy, service,
				() -> new ClientFetch(hello, relayed, this.owner.settings().handshakeTimeout().toMillis(),
						() -> newAccepted(relayed, acceptor), clients, result),
				result);
		return result;
	}

	/**
	 * Connects. Only failures complete the result here; the handler completes it
	 * otherwise.
	 */
	private void connect(Endpoint endpoint, ServiceName service, Supplier<ChannelHandler> handler,
			CompletableFuture<?> result) {
		// A name may have many addresses, and each attempt has a channel of its own.
		Mono<?> connected = Mono
			.defer(() -> this.clients.to(endpoint)
				.runOn(this.loops, this.nativeSockets)
				.doOnChannelInit((observer, channel, remote) -> addLink(channel, handler.get()))
				.doOnConnected((connection) -> connection.channel().config().setAutoRead(true))
				.connect())
			.onErrorResume((error) -> {
				result.completeExceptionally(new ConnectionRefusedException(ErrorCode.UNAVAILABLE,
						"%s@%s cannot be reached: %s".formatted(service, endpoint, reason(error))));
				return Mono.empty();
			});
		this.gate.begin(connected, result);
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
	 * Runs work on an event loop after a delay, unless this is closed.
	 * @param work must not block
	 */
	void later(Duration delay, Runnable work) {
		this.gate.run(() -> this.open.later(this.loops.onClient(this.nativeSockets).next(), delay, work));
	}

	/**
	 * Loads the classes for the first connection, by dialling a socket that does not
	 * exist.
	 * @param directory a directory that exists
	 */
	public void warmUp(Path directory) {
		Endpoint nowhere = new Endpoint.UnixSocket(directory.resolve("nobody"));
		DialTarget target = new DialTarget(new ServiceName("adaptive", "warm-up"), null, this.owner.self());
		dial(nowhere, target, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.UNAVAILABLE, "only a warm-up");
		}).exceptionally((expected) -> null).join();
	}

	private void addLink(Channel channel, ChannelHandler link) {
		this.open.add(channel);
		channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "adaptive.link", link);
	}

	/**
	 * Closes all channels, and ends the event loops if they belong to this transport.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Closes all channels, and ends the event loops if they belong to this transport.
	 * @param deadline the end of the waiting, which takes seconds at most
	 */
	public void close(Deadline deadline) {
		this.gate.close();
		this.gate.failPending();
		this.hostNames.close();
		this.open.close(deadline);
		if (this.ownsThreads) {
			this.threads.close(deadline);
		}
	}

}
