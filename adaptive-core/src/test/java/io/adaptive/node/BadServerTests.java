package io.adaptive.node;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.transport.SocketDirectory;
import io.adaptive.internal.transport.SocketPlace;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.stream.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client does with a server that is found and does not behave.
 */
class BadServerTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final Instance INSTANCE = new Instance(new ProviderId("bad"), 7);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private SocketPlace place;

	private ServerSocketChannel listener;

	private AdaptiveClient client;

	@BeforeEach
	void listen() throws IOException {
		this.client = this.nodes.node(Scope.OS).newClient().discoverTimeout(Duration.ofSeconds(20));
		this.place = new SocketDirectory(this.nodes.directory()).claim(INSTANCE);
		this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
		this.listener.bind(UnixDomainSocketAddress.of(this.place.socket()));
		this.place.publish(SERVICE);
	}

	@AfterEach
	void close() throws IOException {
		this.listener.close();
		this.place.close();
	}

	/**
	 * Answers the next peer.
	 */
	private CompletableFuture<RawPeer> answerNext(byte[] bytes) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				RawPeer peer = new RawPeer(this.listener.accept());
				peer.send(bytes);
				return peer;
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, OwnThread.EXECUTOR);
	}

	private static byte[] welcome(Welcome welcome) {
		ByteBuf out = Unpooled.buffer();
		welcome.write(out);
		return RawPeer.bytes(out);
	}

	private static byte[] accepted() {
		return welcome(new Welcome.Accepted(INSTANCE, Limits.DEFAULT));
	}

	static Stream<Arguments> badWelcomes() {
		byte[] newer = accepted();
		newer[4] = 9;
		return Stream.of(
				Arguments.of("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.UTF_8), ErrorCode.INTERNAL,
						"does not speak this protocol"),
				Arguments.of(newer, ErrorCode.INTERNAL, "version 9"),
				Arguments.of(welcome(new Welcome.Refused(ErrorCode.PERMISSION_DENIED, "not you")),
						ErrorCode.PERMISSION_DENIED, "not you"));
	}

	@ParameterizedTest
	@MethodSource("badWelcomes")
	void aServerThatWillNeverUnderstandIsAnErrorAndNotWaitedFor(byte[] bytes, ErrorCode code, String text)
			throws Exception {
		CompletableFuture<RawPeer> peer = answerNext(bytes);
		assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> this.client.discover(SERVICE))
			.withMessageContaining(text)
			.withMessageContaining(SERVICE.toString())
			.withMessageContaining(this.place.socket().toString())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(code))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
		try (RawPeer accepted = peer.get(50, TimeUnit.SECONDS)) {
			accepted.untilTheHelloEnds();
		}
	}

	@Test
	void aServerThatStaysSilentIsNotWaitedForBeyondTheTimeout() throws Exception {
		long start = System.nanoTime();
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> this.client.discoverTimeout(Duration.ofMillis(500)).discover(SERVICE));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500),
				Duration.ofSeconds(20));
	}

	@Test
	void aServerThatIsGoingIsPassedOverForAnother() throws Exception {
		byte[] going = welcome(new Welcome.Refused(ErrorCode.UNAVAILABLE, "going"));
		CountDownLatch refused = new CountDownLatch(2);
		Thread server = new Thread(() -> {
			while (this.listener.isOpen()) {
				answerNext(going).exceptionally((closed) -> null).join();
				refused.countDown();
			}
		});
		server.start();
		CompletableFuture<Connection> connected = CompletableFuture.supplyAsync(() -> this.client.discover(SERVICE),
				OwnThread.EXECUTOR);
		assertThat(refused.await(50, TimeUnit.SECONDS)).isTrue();
		AdaptiveNode other = this.nodes.node(Scope.OS);
		other.newServer().publish(Service.named(SERVICE).handle(Text.class, (text) -> text));
		try (Connection connection = connected.get(50, TimeUnit.SECONDS)) {
			assertThat(connection.info().peer()).isEqualTo(other.instance());
		}
		this.listener.close();
		server.join();
	}

	@Test
	void anotherNodeThanTheOneLookedForIsPassedOver() throws Exception {
		CompletableFuture<RawPeer> peer = answerNext(
				welcome(new Welcome.Accepted(new Instance(new ProviderId("bad"), 8), Limits.DEFAULT)));
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> this.client.discoverTimeout(Duration.ofSeconds(1)).discover(SERVICE));
		try (RawPeer accepted = peer.get(50, TimeUnit.SECONDS)) {
			accepted.untilTheHelloEnds();
		}
	}

	@Test
	void anInterruptEndsConnectingAndLeavesNothingOpen() throws Exception {
		CountDownLatch interrupted = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> this.client.discover(SERVICE))
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.CANCELLED));
			if (Thread.currentThread().isInterrupted()) {
				interrupted.countDown();
			}
		});
		thread.start();
		try (RawPeer peer = new RawPeer(this.listener.accept())) {
			thread.interrupt();
			assertThat(interrupted.await(50, TimeUnit.SECONDS)).isTrue();
			peer.sendAsMuchAsPossible(accepted());
			peer.untilTheHelloEnds();
		}
	}

	@Test
	void aServerThatBreaksTheProtocolFailsTheCallsOfThatConnection() throws Exception {
		CompletableFuture<RawPeer> peer = answerNext(accepted());
		Connection connection = this.client.discover(SERVICE);
		CompletableFuture<Text> call = CompletableFuture
			.supplyAsync(() -> connection.sendRecv(new Text("a"), Text.class), OwnThread.EXECUTOR);
		try (RawPeer server = peer.get(50, TimeUnit.SECONDS)) {
			server.send("this is no frame, is it?".getBytes(StandardCharsets.UTF_8));
			server.untilTheHelloEnds();
		}
		assertThat(call).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(ConnectionLostException.class,
					(ex) -> assertThat(ex.delivery()).isIn(Delivery.UNKNOWN, Delivery.NOT_SENT));
		assertThat(connection.isOpen()).isFalse();
		assertThat(this.log.warnings()).singleElement().asString().startsWith("WARN");
	}

	record Text(String text) {
	}

}
