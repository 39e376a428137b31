package io.adaptive.internal.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.transport.RelayPort;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.status.RelayStatistics;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.ContextStream;
import io.adaptive.stream.StreamContext;
import org.jspecify.annotations.Nullable;

/**
 * Reverse proxy for nodes that cannot be reached directly, as a service. Each such node
 * gets a public port, for as long as the stream of its request is open.
 */
public final class ReverseProxy implements AutoCloseable {

	/** Name of the service of every reverse proxy. */
	public static final ServiceName SERVICE = new ServiceName("builtin", "reverseProxy");

	private static final KeyValueLogger logger = KeyValueLogger.of(ReverseProxy.class);

	private final ReverseProxySettings settings;

	private final PublicPorts ports;

	/**
	 * Creates a proxy.
	 * @param sockets the node's sockets
	 * @param listenHost the host on which the node listens, also for its public ports
	 * @param settings the settings of the proxy
	 */
	public ReverseProxy(SocketTransport sockets, String listenHost, ReverseProxySettings settings) {
		this.settings = settings;
		this.ports = new PublicPorts(settings, (provider, port) -> new RelayPort(sockets,
				new Endpoint.Tcp(listenHost, port), SERVICE, provider, settings.limits()));
	}

	/**
	 * Returns the service to publish.
	 * @return the service, for the scopes in which other machines reach this node
	 */
	public Service service() {
		return Service.named(SERVICE)
			.handle(OpenRelay.class, this::open)
			.handle(RelayQuery.class, (query) -> this.ports.statistics())
			.onStreamOpen((stream) -> stream.put(ControlStream.class, new ControlStream()))
			.onStreamClose(this::ended);
	}

	/**
	 * Returns the statistics of this proxy.
	 * @return the numbers of this moment
	 */
	public RelayStatistics statistics() {
		return this.ports.statistics();
	}

	/**
	 * Returns the number of relayed bytes.
	 * @return the bytes of all connections, in both directions, since the node started
	 */
	public long bytes() {
		return this.ports.bytes();
	}

	private @Nullable Object open(OpenRelay request, ContextStream stream) {
		ConnectionInfo info = stream.info();
		String host = publicHost(info.endpoint());
		ControlStream control = control(stream.context());
		if (control.hasPort()) {
			throw refused(ErrorCode.FAILED_PRECONDITION, "This stream has a public port already");
		}
		RelayPort port = this.ports.open(new PublicPorts.Owner(info.peer(), request.relay()), address(info));
		control.attach(port);
		stream.send(new RelayOpened(host, port.endpoint().port()));
		port.open((token) -> stream.async().send(RelayRequest.of(token)));
		logger.info("relay opened provider={} host={} port={}", info.peer(), host, port.endpoint().port());
		return null;
	}

	private String publicHost(Endpoint reached) {
		String configured = this.settings.publicHost();
		if (configured != null) {
			return configured;
		}
		if (reached instanceof Endpoint.Tcp tcp) {
			return tcp.host();
		}
		throw refused(ErrorCode.FAILED_PRECONDITION,
				"The proxy was reached at %s, which is no address for others; give it a public host"
					.formatted(reached));
	}

	private static @Nullable InetAddress address(ConnectionInfo info) {
		InetSocketAddress address = info.peerAddress();
		return (address != null) ? address.getAddress() : null;
	}

	private static ControlStream control(StreamContext context) {
		return Objects.requireNonNull(context.get(ControlStream.class));
	}

	private void ended(StreamContext context) {
		RelayPort port = control(context).end();
		if (port != null) {
			this.ports.forget(port);
			logger.info("relay closed provider={} port={}", port.provider(), port.endpoint().port());
		}
	}

	static AdaptiveException refused(ErrorCode code, String reason) {
		return new AdaptiveException(code, Delivery.NOT_PROCESSED, reason, null);
	}

	/**
	 * Closes all public ports with their connections, and opens no more.
	 */
	@Override
	public void close() {
		this.ports.close();
	}

}
