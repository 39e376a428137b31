package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.adaptive.internal.wire.Codecs;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.CannotListenException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.settings.LinkSettings;
import io.adaptive.spi.Link;
import io.adaptive.spi.LinkAcceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * {@link SocketLinkTests} over TCP.
 */
class TcpLinkTests extends SocketLinkTests {

	private static final String LOOPBACK = "127.0.0.1";

	private static SocketTransport serverSide;

	private static SocketTransport clientSide;

	private static CountDownLatch slowName;

	private Endpoint endpoint = new Endpoint.Tcp(LOOPBACK, 0);

	@BeforeAll
	static void startTransports() {
		startTransports(true);
	}

	static void startTransports(boolean preferNative) {
		slowName = new CountDownLatch(1);
		Codecs codecs = new Codecs(new ForyCodec());
		serverSide = new SocketTransport(SERVER, codecs, LinkSettings.DEFAULT, preferNative);
		clientSide = new SocketTransport(CLIENT, codecs, LinkSettings.DEFAULT, preferNative,
				new HostNames(TcpLinkTests::addresses), new OwnAddresses());
	}

	private static List<InetAddress> addresses(String name) throws UnknownHostException {
		InetAddress loopback = InetAddress.getByName(LOOPBACK);
		return switch (name) {
			case "one.test" -> List.of(loopback);
			case "three.test" ->
				List.of(InetAddress.getByName("127.0.0.3"), InetAddress.getByName("127.0.0.2"), loopback);
			case "slow.test" -> {
				await(slowName);
				yield List.of(loopback);
			}
			default -> throw new UnknownHostException(name);
		};
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(50, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	static void closeTransports() {
		clientSide.close();
		serverSide.close();
	}

	@Override
	SocketListener listen(LinkAcceptor acceptor) {
		SocketListener listener = serverSide.listen((Endpoint.Tcp) this.endpoint, acceptor);
		this.endpoint = listener.endpoint();
		return listener;
	}

	@Override
	CompletableFuture<Link> dial(LinkAcceptor acceptor) {
		return clientSide.dial(endpoint(), DialTarget.of(target()), acceptor);
	}

	@Override
	Endpoint endpoint() {
		return this.endpoint;
	}

	private int port() {
		return ((Endpoint.Tcp) this.endpoint).port();
	}

	@Override
	SocketChannel connectRaw() throws IOException {
		return SocketChannel.open(new InetSocketAddress(LOOPBACK, port()));
	}

	private static Throwable errorOf(CompletableFuture<Link> link) {
		Throwable thrown = catchThrowable(() -> link.get(50, TimeUnit.SECONDS));
		assertThat(thrown).isInstanceOf(ExecutionException.class)
			.cause()
			.isInstanceOfSatisfying(ConnectionRefusedException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
		return thrown.getCause();
	}

	@Test
	void theListenerTellsThePortItGot() {
		startListening((link) -> new RecordingReceiver());
		assertThat(port()).isPositive();
		assertThat(this.endpoint).hasToString("tcp:127.0.0.1:" + port());
	}

	@Test
	void eachEndKnowsTheAddressOfTheOther() {
		Ends ends = open();
		InetSocketAddress server = ends.client().link().peerAddress();
		assertThat(server).isEqualTo(new InetSocketAddress(LOOPBACK, port()));
		InetSocketAddress client = ends.server().link().peerAddress();
		assertThat(client.getAddress().isLoopbackAddress()).isTrue();
		assertThat(client.getPort()).isPositive().isNotEqualTo(port());
		ends.close();
	}

	@Test
	void aListenerOnAllAddressesKnowsWhichOfThemWasDialed() {
		this.endpoint = new Endpoint.Tcp("0.0.0.0", 0);
		CompletableFuture<Endpoint> accepted = new CompletableFuture<>();
		startListening((link) -> {
			accepted.complete(link.endpoint());
			return new RecordingReceiver();
		});
		Endpoint dialed = new Endpoint.Tcp("127.0.0.5", port());
		Link link = clientSide.dial(dialed, DialTarget.of(SERVICE), (opened) -> new RecordingReceiver()).join();
		assertThat(link.endpoint()).isEqualTo(dialed);
		assertThat(accepted).isCompletedWithValue(dialed);
		link.close(DONE);
	}

	@Test
	void anAddressOfIpv6IsAnAddressLikeAnyOther() throws IOException {
		InetAddress loopback = InetAddress.getByName("::1");
		assumeThat(loopback).isInstanceOf(Inet6Address.class);
		assumeThat(catchThrowable(() -> new ServerSocket(0, 1, loopback).close())).as("no IPv6 here").isNull();
		this.endpoint = new Endpoint.Tcp("::1", 0);
		Ends ends = open();
		assertThat(this.endpoint).hasToString("tcp:[::1]:" + port());
		assertThat(ends.server().link().endpoint()).isEqualTo(this.endpoint);
		ends.close();
	}

	@Test
	void aNameIsLookedUpAndStaysTheNameOfTheEndpoint() {
		startListening((link) -> new RecordingReceiver());
		Endpoint.Tcp named = new Endpoint.Tcp("one.test", port());
		Link link = clientSide.dial(named, DialTarget.of(SERVICE), (dialed) -> new RecordingReceiver())
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		assertThat(link.endpoint()).isEqualTo(named);
		assertThat(link.peer()).isEqualTo(SERVER);
		link.close(DONE);
	}

	@Test
	void allAddressesOfANameAreTriedOneAfterTheOther() {
		startListening((link) -> new RecordingReceiver());
		Link link = clientSide
			.dial(new Endpoint.Tcp("three.test", port()), DialTarget.of(SERVICE), (dialed) -> new RecordingReceiver())
			.orTimeout(20, TimeUnit.SECONDS)
			.join();
		assertThat(link.peerAddress().getAddress().getHostAddress()).isEqualTo(LOOPBACK);
		link.close(DONE);
	}

	@Test
	void aNameThatIsNotKnownIsNamed() {
		Throwable error = errorOf(clientSide.dial(new Endpoint.Tcp("no.test", 7001), DialTarget.of(SERVICE),
				(link) -> new RecordingReceiver()));
		assertThat(error).hasMessage("test/links@tcp:no.test:7001 cannot be reached: host name unknown: no.test");
	}

	@Test
	void aNameThatTakesLongHoldsUpNobody() {
		startListening((link) -> new RecordingReceiver());
		CompletableFuture<Link> slow = clientSide.dial(new Endpoint.Tcp("slow.test", port()), DialTarget.of(SERVICE),
				(link) -> new RecordingReceiver());
		for (int i = 0; i < 8; i++) {
			clientSide.dial(this.endpoint, DialTarget.of(SERVICE), (link) -> new RecordingReceiver())
				.orTimeout(20, TimeUnit.SECONDS)
				.join()
				.close(DONE);
		}
		assertThat(slow).isNotDone();
		slowName.countDown();
		slow.orTimeout(20, TimeUnit.SECONDS).join().close(DONE);
	}

	@Test
	void aPortWhereNobodyListensIsNamedWithItsAddress() throws Exception {
		startListening((link) -> new RecordingReceiver());
		stopListening();
		assertThat(errorOf(dial((link) -> new RecordingReceiver())))
			.hasMessageContaining("test/links@tcp:127.0.0.1:" + port() + " cannot be reached: ")
			.hasMessageContaining("Connection refused");
	}

	@Test
	void aPortThatIsTakenIsNamedWithItsAddress() {
		startListening((link) -> new RecordingReceiver());
		assertThatExceptionOfType(CannotListenException.class)
			.isThrownBy(() -> listen((link) -> new RecordingReceiver()))
			.withMessageContaining("Cannot listen on tcp:127.0.0.1:" + port())
			.withMessageContaining("in use")
			.satisfies((ex) -> assertThat(ex.address()).isEqualTo(this.endpoint));
	}

	@Test
	void aHostThatIsNotThisMachineCannotBeListenedOn() {
		for (String host : List.of("192.0.2.1", "not..a.name")) {
			this.endpoint = new Endpoint.Tcp(host, 0);
			assertThatExceptionOfType(CannotListenException.class)
				.isThrownBy(() -> listen((link) -> new RecordingReceiver()))
				.withMessageContaining("Cannot listen on tcp:" + host + ":0: ");
		}
	}

}
