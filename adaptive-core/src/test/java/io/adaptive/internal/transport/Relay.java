package io.adaptive.internal.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import io.adaptive.internal.wire.RelayToken;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.RelayLimits;
import io.adaptive.spi.LinkAcceptor;

/**
 * A reverse proxy on loopback, without the service that it is part of, and the node
 * behind it.
 */
final class Relay implements AutoCloseable {

	static final ServiceName SERVICE = new ServiceName("test", "relay");

	static final Instance PROXY = new Instance(new ProviderId("proxy"), 3);

	static final RelayLimits UNLIMITED = new RelayLimits(10_000, Long.MAX_VALUE, RelayLimits.DEFAULT.fetchTimeout());

	private static final Endpoint.Tcp ANYWHERE = new Endpoint.Tcp("127.0.0.1", 0);

	private final SocketListener ordinary;

	private final RelayPort port;

	private final Endpoint.Relayed endpoint;

	private final SocketTransport provider;

	Relay(SocketTransport proxy, SocketTransport provider, Instance providerInstance, RelayLimits limits) {
		this.ordinary = proxy.listen(ANYWHERE, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND, "the proxy has no services");
		});
		this.port = new RelayPort(proxy, ANYWHERE, SERVICE, providerInstance, limits);
		this.endpoint = new Endpoint.Relayed(this.port.endpoint(), PROXY);
		this.provider = provider;
	}

	/**
	 * Lets the node behind the proxy come for each client.
	 */
	Relay fetchAll(LinkAcceptor acceptor) {
		return open((token, relay) -> relay.fetch(token, acceptor));
	}

	Relay open(BiFunction<RelayToken, Relay, CompletableFuture<?>> requests) {
		this.port.open((token) -> requests.apply(token, this));
		return this;
	}

	CompletableFuture<?> fetch(RelayToken token, LinkAcceptor acceptor) {
		return new RelayedPort(this.provider, SERVICE, acceptor).fetch(proxyEndpoint(), token, this.endpoint,
				new AtomicInteger());
	}

	RelayPort port() {
		return this.port;
	}

	Endpoint.Relayed endpoint() {
		return this.endpoint;
	}

	/**
	 * Returns where the proxy itself is reached.
	 */
	Endpoint.Tcp proxyEndpoint() {
		return (Endpoint.Tcp) this.ordinary.endpoint();
	}

	@Override
	public void close() {
		this.port.close();
		this.ordinary.close();
	}

}
