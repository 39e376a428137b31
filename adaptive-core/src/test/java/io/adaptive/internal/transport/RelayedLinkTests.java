package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

import io.adaptive.fixture.SlowTest;
import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Endpoint;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RelayLimits;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SocketLinkTests} over a reverse proxy.
 */
@SlowTest
class RelayedLinkTests extends SocketLinkTests {

	private static SocketTransport serverSide;

	private static SocketTransport clientSide;

	private static SocketTransport proxySide;

	private Relay relay;

	@BeforeAll
	static void startTransports() {
		startTransports(true);
	}

	static void startTransports(boolean preferNative) {
		Codecs codecs = new Codecs(new ForyCodec());
		serverSide = new SocketTransport(SERVER, codecs, LinkSettings.DEFAULT, preferNative);
		clientSide = new SocketTransport(CLIENT, codecs, LinkSettings.DEFAULT, preferNative);
		proxySide = new SocketTransport(Relay.PROXY, codecs, LinkSettings.DEFAULT, preferNative);
	}

	@AfterAll
	static void closeTransports() {
		clientSide.close();
		serverSide.close();
		assertThat(proxySide.waitingClients().size()).isZero();
		proxySide.close();
	}

	/**
	 * Returns what the provider may use of the proxy.
	 */
	RelayLimits limits() {
		return Relay.UNLIMITED;
	}

	@Override
	Relay listen(LinkAcceptor acceptor) {
		this.relay = new Relay(proxySide, serverSide, SERVER, limits()).fetchAll(acceptor);
		return this.relay;
	}

	@Override
	CompletableFuture<Link> dial(LinkAcceptor acceptor) {
		return clientSide.dial(endpoint(), DialTarget.of(target()), acceptor);
	}

	@Override
	Endpoint endpoint() {
		return this.relay.endpoint();
	}

	@Override
	SocketChannel connectRaw() throws IOException {
		Endpoint.Tcp address = this.relay.endpoint().address();
		return SocketChannel.open(new InetSocketAddress(address.host(), address.port()));
	}

	@Test
	void bothEndsSeeTheAddressOfTheProxy() {
		Ends ends = open();
		Endpoint.Tcp address = this.relay.endpoint().address();
		assertThat(ends.client().link().peerAddress()).isEqualTo(new InetSocketAddress(address.host(), address.port()));
		assertThat(ends.server().link().peerAddress())
			.isEqualTo(new InetSocketAddress(address.host(), this.relay.proxyEndpoint().port()));
		ends.close();
	}

}
