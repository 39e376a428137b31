package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.Endpoint;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SocketLinkTests} over a unix socket.
 */
class UnixSocketLinkTests extends SocketLinkTests {

	private static SocketTransport serverSide;

	private static SocketTransport clientSide;

	@TempDir
	Path directory;

	@BeforeAll
	static void startTransports() {
		serverSide = new SocketTransport(SERVER, new ForyCodec(), LinkSettings.DEFAULT);
		clientSide = new SocketTransport(CLIENT, new ForyCodec(), LinkSettings.DEFAULT);
	}

	@AfterAll
	static void closeTransports() {
		clientSide.close();
		serverSide.close();
	}

	@Override
	AutoCloseable listen(LinkAcceptor acceptor) {
		return serverSide.listen(this.directory.resolve("s"), acceptor);
	}

	@Override
	CompletableFuture<Link> dial(LinkAcceptor acceptor) {
		return clientSide.dial(endpoint(), DialTarget.of(target()), acceptor);
	}

	@Override
	Endpoint endpoint() {
		return new Endpoint.UnixSocket(this.directory.resolve("s"));
	}

	@Override
	SocketChannel connectRaw() throws IOException {
		return SocketChannel.open(UnixDomainSocketAddress.of(this.directory.resolve("s")));
	}

	@Test
	void thePeersHaveNoAddresses() {
		Ends ends = open();
		assertThat(ends.client().link().peerAddress()).isNull();
		assertThat(ends.server().link().peerAddress()).isNull();
		ends.close();
	}

}
