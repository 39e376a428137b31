package io.adaptive.node;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.wire.Hello;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.raw.RawConnection;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.stream.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Raw connections: taken over by a service, and opened by a client.
 */
class RawConnectionTests {

	private static final ServiceName SERVICE = new ServiceName("test", "raw");

	private static final long LONG = 60;

	/** What the sockets of both ends may hold, in bytes. */
	private static final long KERNEL = 16 << 20;

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final LinkedBlockingQueue<RawConnection> accepted = new LinkedBlockingQueue<>();

	private final List<RawConnection> opened = new CopyOnWriteArrayList<>();

	private AdaptiveNode server;

	private AdaptiveNode client;

	private Publication publication;

	private RawConnection open(Scope scope) throws InterruptedException {
		return open(scope, this.accepted::add);
	}

	private RawConnection open(Scope scope, Consumer<RawConnection> hook) {
		this.server = this.nodes.node(scope);
		this.client = this.nodes.node(scope);
		this.publication = this.server.newServer().publish(Service.named(SERVICE).onRawConnection(hook));
		return open(this.client, scope);
	}

	private RawConnection open(AdaptiveNode from, Scope scope) {
		RawConnection near = (scope == Scope.LAN)
				? from.newClient().connectRaw(this.server.tcpEndpoint().orElseThrow(), SERVICE)
				: from.newClient().discoverTimeout(Duration.ofSeconds(LONG)).discoverRaw(SERVICE);
		this.opened.add(near);
		return near;
	}

	@AfterEach
	void closeBothEnds() {
		this.opened.forEach(RawConnection::close);
	}

	private RawConnection peer() throws InterruptedException {
		RawConnection far = this.accepted.poll(LONG, TimeUnit.SECONDS);
		this.opened.add(far);
		return far;
	}

	private static ByteBuffer bytes(String text) {
		return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(RawConnection connection, int length) {
		ByteBuffer all = ByteBuffer.allocate(length);
		while (all.hasRemaining()) {
			all.put(connection.read(all.remaining()).join());
		}
		return new String(all.array(), StandardCharsets.UTF_8);
	}

	private static void assertEnded(RawConnection connection) {
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> connection.read(1).get(LONG, TimeUnit.SECONDS))
			.withCauseInstanceOf(EndOfStreamException.class);
	}

	private static ErrorInfo cause(RawConnection connection) throws Exception {
		return connection.whenClosed().toCompletableFuture().get(LONG, TimeUnit.SECONDS);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void bytesGoBothWays(Scope scope) throws Exception {
		RawConnection near = open(scope);
		RawConnection far = peer();
		near.write(bytes("hello ")).get(LONG, TimeUnit.SECONDS);
		near.write(bytes("there")).get(LONG, TimeUnit.SECONDS);
		assertThat(text(far, 11)).isEqualTo("hello there");
		far.write(bytes("and back")).get(LONG, TimeUnit.SECONDS);
		assertThat(text(near, 8)).isEqualTo("and back");
		assertThat(near.scope()).isEqualTo(scope);
		assertThat(far.scope()).isEqualTo(scope);
		assertThat(near.service()).isEqualTo(SERVICE);
		assertThat(near.peer()).isEqualTo(this.server.instance());
		assertThat(far.peer()).isEqualTo(this.client.instance());
		assertThat(near.peerAddress() != null).isEqualTo(scope == Scope.LAN);
		near.close();
		assertEnded(far);
		far.close();
		assertThat(cause(near).code()).isEqualTo(ErrorCode.CANCELLED);
		cause(far);
		assertThat(this.log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aReadGetsNoMoreThanItAskedFor(Scope scope) throws Exception {
		RawConnection near = open(scope);
		RawConnection far = peer();
		CompletableFuture<ByteBuffer> early = far.read(3);
		assertThatIllegalStateException().isThrownBy(() -> far.read(1)).withMessageContaining("not done");
		near.write(bytes("abcdef")).get(LONG, TimeUnit.SECONDS);
		assertThat(early.get(LONG, TimeUnit.SECONDS).remaining()).isBetween(1, 3);
		for (int i = early.join().remaining(); i < 6; i++) {
			assertThat(far.read(1).get(LONG, TimeUnit.SECONDS).remaining()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void eachDirectionEndsByItself(Scope scope) throws Exception {
		RawConnection near = open(scope);
		RawConnection far = peer();
		near.write(bytes("last words"));
		near.end().get(LONG, TimeUnit.SECONDS);
		assertThat(text(far, 10)).isEqualTo("last words");
		assertEnded(far);
		assertEnded(far);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> near.write(bytes("x")).get())
			.havingCause()
			.isInstanceOfSatisfying(AdaptiveException.class,
					(error) -> assertThat(error.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION));
		far.write(bytes("still answering")).get(LONG, TimeUnit.SECONDS);
		assertThat(text(near, 15)).isEqualTo("still answering");
		assertThat(near.isOpen()).isTrue();
		assertThat(far.isOpen()).isTrue();
		far.end().get(LONG, TimeUnit.SECONDS);
		assertEnded(near);
		assertThat(cause(near).code()).isEqualTo(ErrorCode.OK);
		assertThat(cause(far).code()).isEqualTo(ErrorCode.OK);
		assertThat(this.log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "PROCESS, true", "OS, true", "LAN, true", "PROCESS, false", "OS, false", "LAN, false" })
	void whatWasWrittenBeforeClosingArrives(Scope scope, boolean byClient) throws Exception {
		RawConnection near = open(scope);
		RawConnection far = peer();
		RawConnection closing = byClient ? near : far;
		RawConnection other = byClient ? far : near;
		CompletableFuture<ByteBuffer> waiting = closing.read(1);
		closing.write(bytes("farewell"));
		closing.close(new ErrorInfo(ErrorCode.ABORTED, "enough"));
		closing.close();
		assertThat(text(other, 8)).isEqualTo("farewell");
		assertEnded(other);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> waiting.get(LONG, TimeUnit.SECONDS))
			.withCauseInstanceOf(ConnectionLostException.class)
			.withMessageContaining("enough");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> closing.write(bytes("x")).get())
			.withCauseInstanceOf(ConnectionLostException.class);
		other.close();
		assertThat(cause(closing)).isEqualTo(new ErrorInfo(ErrorCode.ABORTED, "enough"));
		cause(other);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aSlowReaderHoldsUpTheWriterInBoundedMemory(Scope scope) throws Exception {
		RawConnection near = open(scope);
		RawConnection far = peer();
		int chunk = 64 * 1024;
		int chunks = 1600;
		Pump there = new Pump(near, chunk, chunks);
		Pump back = new Pump(far, chunk, chunks);
		there.start();
		back.start();
		Awaitility.await().atMost(Duration.ofSeconds(LONG)).until(() -> there.isHeldUp() && back.isHeldUp());
		assertThat(there.sent.get() * (long) chunk).isLessThan(KERNEL);
		assertThat(back.sent.get() * (long) chunk).isLessThan(KERNEL);
		Sink one = new Sink(far);
		Sink other = new Sink(near);
		one.start();
		other.start();
		one.join(LONG * 1000);
		other.join(LONG * 1000);
		assertThat(one.count).isEqualTo((long) chunk * chunks);
		assertThat(other.count).isEqualTo((long) chunk * chunks);
		assertThat(one.sum.getValue()).isEqualTo(there.sum.getValue());
		assertThat(other.sum.getValue()).isEqualTo(back.sum.getValue());
		assertThat(cause(near).code()).isEqualTo(ErrorCode.OK);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aWriterThatDoesNotWaitIsRefusedBeforeItHoldsTooMuch(Scope scope) throws Exception {
		RawConnection near = open(scope);
		peer();
		ByteBuffer chunk = ByteBuffer.allocate(256 * 1024);
		List<CompletableFuture<?>> writes = new ArrayList<>();
		while (writes.size() < 1000 && writes.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
			writes.add(near.write(chunk));
		}
		assertThat(writes).hasSizeLessThan(1000);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> writes.get(writes.size() - 1).get())
			.havingCause()
			.isInstanceOfSatisfying(AdaptiveException.class,
					(error) -> assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
		assertThat(near.isOpen()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void whatArrivesWithTheHandshakeIsHandedOver(Scope scope) throws Exception {
		this.server = this.nodes.node(scope);
		this.server.newServer().publish(Service.named(SERVICE).onRawConnection(this.accepted::add));
		try (SocketChannel socket = (scope == Scope.OS) ? SocketChannel.open(StandardProtocolFamily.UNIX)
				: SocketChannel.open()) {
			socket.connect(this.nodes.address(scope));
			ByteBuf first = Unpooled.buffer();
			new Hello(SERVICE, scope, new Instance(new ProviderId("peer"), 1), "none", Limits.DEFAULT, null, true)
				.write(first);
			// Looks like a frame that is longer than allowed.
			first.writeInt(Integer.MAX_VALUE);
			first.writeBytes("ADPT and more".getBytes(StandardCharsets.UTF_8));
			socket.write(first.nioBuffer());
			RawConnection far = peer();
			ByteBuffer all = ByteBuffer.allocate(17);
			while (all.hasRemaining()) {
				all.put(far.read(100).get(LONG, TimeUnit.SECONDS));
			}
			assertThat(all.flip().getInt()).isEqualTo(Integer.MAX_VALUE);
			assertThat(StandardCharsets.UTF_8.decode(all).toString()).isEqualTo("ADPT and more");
			far.write(bytes("raw")).get(LONG, TimeUnit.SECONDS);
			assertThat(readToTheEnd(socket, far)).endsWith("raw");
		}
	}

	private static String readToTheEnd(SocketChannel socket, RawConnection far) throws IOException {
		far.end().join();
		ByteBuffer in = ByteBuffer.allocate(4096);
		while (socket.read(in) >= 0) {
			assertThat(in.hasRemaining()).isTrue();
		}
		return StandardCharsets.ISO_8859_1.decode(in.flip()).toString();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void bytesThatTheServiceSendsAtOnceAreNotTakenForFrames(Scope scope) throws Exception {
		RawConnection near = open(scope, (far) -> {
			this.opened.add(far);
			far.write(bytes("\uffff\uffff welcome")).join();
			far.end().join();
		});
		assertThat(text(near, 14)).isEqualTo("\uffff\uffff welcome");
		assertEnded(near);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aServiceWithoutTheHookRefusesWithWords(Scope scope) {
		this.server = this.nodes.node(scope);
		this.client = this.nodes.node(scope);
		this.server.newServer().publish(Service.named(SERVICE).handle(Note.class, (note) -> note));
		assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> open(this.client, scope))
			.withMessageContaining("service test/raw takes no raw connections")
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void messagesAndRawConnectionsOfOneServiceAreSideBySide(Scope scope) throws Exception {
		this.server = this.nodes.node(scope);
		this.client = this.nodes.node(scope);
		this.server.newServer()
			.publish(Service.named(SERVICE).handle(Note.class, (note) -> note).onRawConnection(this.accepted::add));
		Connection connection = this.nodes.connect(this.client, scope, SERVICE);
		RawConnection near = open(this.client, scope);
		assertThat(connection.sendRecv(new Note("a"), Note.class)).isEqualTo(new Note("a"));
		near.write(bytes("b")).get(LONG, TimeUnit.SECONDS);
		assertThat(text(peer(), 1)).isEqualTo("b");
		assertThat(connection.sendRecv(new Note("c"), Note.class)).isEqualTo(new Note("c"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHookMayBlockThoughItHasTheOnlyWorker(Scope scope) throws Exception {
		this.server = this.nodes.node((builder) -> builder.scaleFactors(new ScaleFactors(1, 128, -1, 1)), scope);
		this.client = this.nodes.node(scope);
		this.server.newServer().publish(Service.named(SERVICE).onRawConnection((far) -> {
			this.opened.add(far);
			far.write(bytes(text(far, 4))).join();
			far.end().join();
		}));
		RawConnection near = open(this.client, scope);
		near.write(bytes("ping")).get(LONG, TimeUnit.SECONDS);
		assertThat(text(near, 4)).isEqualTo("ping");
		assertEnded(near);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHookThatFailsClosesTheConnection(Scope scope) throws Exception {
		RawConnection near = open(scope, (far) -> {
			this.accepted.add(far);
			throw new IllegalStateException("no terminal here");
		});
		assertEnded(near);
		near.close();
		assertThat(cause(peer())).satisfies((cause) -> {
			assertThat(cause.code()).isEqualTo(ErrorCode.INTERNAL);
			assertThat(cause.message()).contains("no terminal here");
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aServiceThatLeavesLetsItsHookFinishAndClosesTheRest(Scope scope) throws Exception {
		CountDownLatch finish = new CountDownLatch(1);
		RawConnection near = open(scope, (far) -> {
			this.accepted.add(far);
			far.write(bytes(text(far, 1))).join();
		});
		RawConnection far = peer();
		Thread closing = new Thread(() -> {
			this.publication.close();
			finish.countDown();
		});
		closing.start();
		Awaitility.await()
			.atMost(Duration.ofSeconds(LONG))
			.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
		near.write(bytes("z")).get(LONG, TimeUnit.SECONDS);
		assertThat(text(near, 1)).isEqualTo("z");
		assertEnded(near);
		near.close();
		assertThat(finish.await(LONG, TimeUnit.SECONDS)).isTrue();
		assertThat(cause(far)).isEqualTo(Publication.LEAVING);
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theConnectionsOfANodeEndWithIt(Scope scope) throws Exception {
		RawConnection near = open(scope, (far) -> {
			this.accepted.add(far);
			assertEnded(far);
			far.close();
		});
		RawConnection far = peer();
		this.client.close();
		assertThat(cause(near).message()).isEqualTo("the node is closed");
		cause(far);
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void aPeerThatIsKilledIsTheEndOfWhatItSaid() throws Exception {
		this.server = this.nodes.node(Scope.OS);
		this.server.newServer().publish(Service.named(SERVICE).onRawConnection(this.accepted::add));
		RawConnection far;
		try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			socket.connect(this.nodes.address(Scope.OS));
			ByteBuf first = Unpooled.buffer();
			new Hello(SERVICE, Scope.OS, new Instance(new ProviderId("peer"), 1), "none", Limits.DEFAULT, null, true)
				.write(first);
			socket.write(first.nioBuffer());
			far = peer();
			// The answer to the handshake; what a socket has not read resets its peer.
			assertThat(socket.read(ByteBuffer.allocate(4096))).isPositive();
			socket.write(bytes("half a sen"));
		}
		RawConnection gone = far;
		assertThat(text(far, 10)).isEqualTo("half a sen");
		assertEnded(far);
		Awaitility.await().atMost(Duration.ofSeconds(LONG)).until(() -> {
			gone.write(bytes("x"));
			return !gone.isOpen();
		});
		assertThat(cause(far).code()).isEqualTo(ErrorCode.UNAVAILABLE);
	}

	@Test
	void anAddressWhereNobodyIsIsRefused() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> node.newClient().connectRaw(new Endpoint.Tcp("127.0.0.1", 1), SERVICE));
	}

	record Note(String text) {
	}

	/**
	 * Writes chunks, each when the one before has left, then ends.
	 */
	private static final class Pump extends Thread {

		private final RawConnection connection;

		private final int size;

		private final int count;

		private final AtomicInteger sent = new AtomicInteger();

		private final CRC32C sum = new CRC32C();

		private volatile long movedAt = System.nanoTime();

		Pump(RawConnection connection, int size, int count) {
			this.connection = connection;
			this.size = size;
			this.count = count;
		}

		@Override
		public void run() {
			for (int i = 0; i < this.count; i++) {
				byte[] chunk = new byte[this.size];
				for (int at = 0; at < chunk.length; at += 8) {
					chunk[at] = (byte) (i * 31 + at);
				}
				this.sum.update(chunk);
				this.connection.write(ByteBuffer.wrap(chunk)).join();
				this.sent.incrementAndGet();
				this.movedAt = System.nanoTime();
			}
			this.connection.end().join();
		}

		boolean isHeldUp() {
			return System.nanoTime() - this.movedAt > TimeUnit.MILLISECONDS.toNanos(300);
		}

	}

	/**
	 * Reads to the end.
	 */
	private static final class Sink extends Thread {

		private final RawConnection connection;

		private final CRC32C sum = new CRC32C();

		private long count;

		Sink(RawConnection connection) {
			this.connection = connection;
		}

		@Override
		public void run() {
			try {
				while (true) {
					ByteBuffer bytes = this.connection.read(50_000).get(LONG, TimeUnit.SECONDS);
					this.count += bytes.remaining();
					this.sum.update(bytes);
				}
			}
			catch (ExecutionException ex) {
				assertThat(ex).hasCauseInstanceOf(EndOfStreamException.class);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
