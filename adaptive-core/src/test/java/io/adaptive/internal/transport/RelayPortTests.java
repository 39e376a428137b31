package io.adaptive.internal.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.SlowTest;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.internal.wire.Hello;
import io.adaptive.internal.wire.RelayToken;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.ServiceName;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RelayLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.Unpooled;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link RelayPort} byte by byte, with clients and nodes behind it that are bare sockets.
 */
class RelayPortTests {

	private static final Instance PROVIDER = new Instance(new ProviderId("behind"), 7);

	private static final Duration LONG = Duration.ofSeconds(50);

	/** What the kernel may keep of each of two connections, and then some. */
	private static final long KERNEL_BUFFERS = 32 << 20;

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final BlockingQueue<RelayToken> requested = new LinkedBlockingQueue<>();

	private final List<SocketChannel> sockets = new ArrayList<>();

	private SocketTransport proxy;

	private SocketTransport provider;

	private Relay relay;

	@BeforeEach
	void start() {
		this.proxy = new SocketTransport(Relay.PROXY, new ForyCodec(), LinkSettings.DEFAULT);
		this.provider = new SocketTransport(PROVIDER, new ForyCodec(), LinkSettings.DEFAULT);
		this.relay = relay(Relay.UNLIMITED);
	}

	@AfterEach
	void stop() throws IOException {
		for (SocketChannel socket : this.sockets) {
			socket.close();
		}
		this.relay.close();
		this.provider.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.proxy.waitingClients().size()).isZero());
		this.proxy.close();
	}

	private Relay relay(RelayLimits limits) {
		return new Relay(this.proxy, this.provider, PROVIDER, limits).open(this::request);
	}

	private CompletableFuture<?> request(RelayToken token, Relay at) {
		this.requested.add(token);
		return new CompletableFuture<>();
	}

	private Relay replaceByUnopened() {
		this.relay.close();
		this.relay = new Relay(this.proxy, this.provider, PROVIDER, Relay.UNLIMITED);
		return this.relay;
	}

	private SocketChannel connect(Endpoint.Tcp address) throws IOException {
		SocketChannel socket = SocketChannel.open(new InetSocketAddress(address.host(), address.port()));
		this.sockets.add(socket);
		return socket;
	}

	private SocketChannel client() throws IOException {
		return connect(this.relay.endpoint().address());
	}

	private RelayToken token() throws InterruptedException {
		RelayToken token = this.requested.poll(20, TimeUnit.SECONDS);
		assertThat(token).isNotNull();
		return token;
	}

	/**
	 * Comes for a client as the node behind the proxy does.
	 */
	private SocketChannel fetch(RelayToken token) throws Exception {
		SocketChannel socket = connect(this.relay.proxyEndpoint());
		assertThat(introduce(socket, Relay.SERVICE, PROVIDER, token)).isInstanceOf(Welcome.Accepted.class);
		return socket;
	}

	private static Welcome introduce(SocketChannel socket, ServiceName service, Instance instance, RelayToken token)
			throws Exception {
		ByteBuf hello = Unpooled.buffer();
		new Hello(service, null, instance, "fory", Limits.DEFAULT, token).write(hello);
		socket.write(hello.nioBuffer());
		ByteBuf in = Unpooled.buffer();
		Welcome welcome = null;
		while (welcome == null) {
			// Byte for byte: what follows is not the proxy's.
			in.writeBytes(read(socket, 1));
			welcome = Welcome.read(in);
		}
		return welcome;
	}

	private static byte[] read(SocketChannel socket, int count) throws Exception {
		return CompletableFuture.supplyAsync(() -> {
			try {
				ByteBuffer buffer = ByteBuffer.allocate(count);
				while (buffer.hasRemaining()) {
					assertThat(socket.read(buffer)).as("end").isGreaterThanOrEqualTo(0);
				}
				return buffer.array();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, OwnThread.EXECUTOR).get(50, TimeUnit.SECONDS);
	}

	private static void awaitEnd(SocketChannel socket) throws Exception {
		assertThat(CompletableFuture.supplyAsync(() -> {
			try {
				return socket.read(ByteBuffer.allocate(1));
			}
			catch (IOException ex) {
				return -1;
			}
		}, OwnThread.EXECUTOR).get(50, TimeUnit.SECONDS)).isEqualTo(-1);
	}

	private static byte[] random(int size) {
		byte[] bytes = new byte[size];
		new Random(size).nextBytes(bytes);
		return bytes;
	}

	private static void writeAll(SocketChannel socket, byte[] bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			socket.write(buffer);
		}
	}

	private static CompletableFuture<?> writeInBackground(SocketChannel socket, byte[] bytes) {
		return CompletableFuture.runAsync(() -> {
			try {
				writeAll(socket, bytes);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}, OwnThread.EXECUTOR);
	}

	private void awaitConnections(int count) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.relay.port().connections()).isEqualTo(count));
	}

	@SlowTest
	@RepeatedTest(20)
	void whatAClientSaysBeforeItIsFetchedIsNotLost() throws Exception {
		SocketChannel client = client();
		byte[] early = random(200_000);
		CompletableFuture<?> written = writeInBackground(client, early);
		SocketChannel behind = fetch(token());
		assertThat(read(behind, early.length)).isEqualTo(early);
		written.get(50, TimeUnit.SECONDS);
	}

	@SlowTest
	@RepeatedTest(20)
	void whatAClientSaysBeforeItLeavesIsNotLostEither() throws Exception {
		SocketChannel client = client();
		byte[] early = random(10_000);
		writeAll(client, early);
		client.shutdownOutput();
		SocketChannel behind = fetch(token());
		assertThat(read(behind, early.length)).isEqualTo(early);
		awaitEnd(behind);
		byte[] answer = random(1000);
		writeAll(behind, answer);
		assertThat(read(client, answer.length)).isEqualTo(answer);
		behind.close();
		awaitEnd(client);
		awaitConnections(0);
	}

	@Test
	void bytesPassBothWaysAsTheyAre() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		byte[] forth = random(30_000_000);
		byte[] back = random(20_000_000);
		CompletableFuture<?> written = CompletableFuture.allOf(writeInBackground(client, forth),
				writeInBackground(behind, back));
		CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
			try {
				return read(client, back.length);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, OwnThread.EXECUTOR);
		assertThat(read(behind, forth.length)).isEqualTo(forth);
		assertThat(received.get(50, TimeUnit.SECONDS)).isEqualTo(back);
		written.get(50, TimeUnit.SECONDS);
	}

	@SlowTest
	@RepeatedTest(10)
	void theEndOfOneDirectionLeavesTheOther() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		byte[] last = random(5_000_000);
		CompletableFuture<?> written = writeInBackground(behind, last).thenRun(() -> unchecked(behind::shutdownOutput));
		assertThat(read(client, last.length)).isEqualTo(last);
		written.get(50, TimeUnit.SECONDS);
		awaitEnd(client);
		byte[] answer = random(1_000_000);
		CompletableFuture<?> answered = writeInBackground(client, answer);
		assertThat(read(behind, answer.length)).isEqualTo(answer);
		answered.get(50, TimeUnit.SECONDS);
		client.close();
		awaitEnd(behind);
		awaitConnections(0);
	}

	private interface SocketCode {

		void run() throws IOException;

	}

	private static void unchecked(SocketCode code) {
		try {
			code.run();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SlowTest
	@Test
	void aConnectionOfWhichOneEndHasEndedDoesNotLastForEver() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		client.shutdownOutput();
		awaitEnd(behind);
		assertThat(this.relay.port().connections()).isOne();
		awaitConnections(0);
		awaitEnd(client);
	}

	@SlowTest
	@Test
	void whatIsStillSentAfterTheOtherEndHasEndedIsPassedOnHoweverLongItTakes() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		client.shutdownOutput();
		awaitEnd(behind);
		long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
		for (byte next = 0; System.nanoTime() < end; next++) {
			behind.write(ByteBuffer.wrap(new byte[] { next }));
			assertThat(read(client, 1)).containsExactly(next);
			TimeUnit.MILLISECONDS.sleep(100);
		}
		behind.close();
		awaitEnd(client);
	}

	@SlowTest
	@Test
	void aReaderThatDoesNotReadHoldsTheWriterUpAndTheProxyKeepsLittle() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		AtomicLong written = new AtomicLong();
		byte[] chunk = random(100_000);
		int chunks = 2000;
		long memory = directMemory();
		CompletableFuture<?> writer = CompletableFuture.runAsync(() -> unchecked(() -> {
			for (int i = 0; i < chunks; i++) {
				writeAll(client, chunk);
				written.addAndGet(chunk.length);
			}
		}), OwnThread.EXECUTOR);
		AtomicLong before = new AtomicLong(-1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(500))
			.atMost(LONG)
			.until(() -> before.getAndSet(written.get()) == written.get());
		assertThat(written.get()).isPositive().isLessThan(KERNEL_BUFFERS);
		assertThat(directMemory() - memory).as("in the proxy").isLessThan(4 << 20);
		for (int i = 0; i < chunks; i++) {
			assertThat(read(behind, chunk.length)).isEqualTo(chunk);
		}
		writer.get(50, TimeUnit.SECONDS);
	}

	private static long directMemory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	@Test
	void aClientThatResetsItsConnectionTakesTheOtherAlong() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		client.socket().setSoLinger(true, 0);
		client.close();
		awaitEnd(behind);
		awaitConnections(0);
	}

	@Test
	void aNodeThatIsGoneTakesItsClientAlong() throws Exception {
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		behind.socket().setSoLinger(true, 0);
		behind.close();
		awaitEnd(client);
		awaitConnections(0);
	}

	@Test
	void closingThePortEndsAllItsConnections() throws Exception {
		SocketChannel waiting = client();
		token();
		SocketChannel client = client();
		SocketChannel behind = fetch(token());
		this.relay.port().close();
		awaitEnd(waiting);
		awaitEnd(client);
		awaitEnd(behind);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThatExceptionOfType(IOException.class).isThrownBy(this::client));
	}

	private void assertRefused(ServiceName service, Instance instance, RelayToken token) throws Exception {
		try (SocketChannel socket = connect(this.relay.proxyEndpoint())) {
			assertThat(introduce(socket, service, instance, token)).isInstanceOfSatisfying(Welcome.Refused.class,
					(refused) -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
			awaitEnd(socket);
		}
	}

	@Test
	void aTokenIsGoodForOneNodeAndOneUse() throws Exception {
		SocketChannel client = client();
		RelayToken token = token();
		assertRefused(Relay.SERVICE, PROVIDER, new RelayToken(token.high(), token.low() + 1));
		assertRefused(Relay.SERVICE, new Instance(PROVIDER.provider(), 8), token);
		assertRefused(new ServiceName("test", "other"), PROVIDER, token);
		SocketChannel behind = fetch(token);
		assertRefused(Relay.SERVICE, PROVIDER, token);
		writeAll(client, new byte[] { 42 });
		assertThat(read(behind, 1)).containsExactly(42);
		assertThat(this.log.warnings()).as("what strangers can cause").isEmpty();
	}

	@Test
	void aClientThatNobodyFetchesIsTurnedAwayAndItsTokenIsWorthNothing() throws Exception {
		this.relay.close();
		this.relay = relay(new RelayLimits(10, Long.MAX_VALUE, Duration.ofMillis(200)));
		SocketChannel client = client();
		RelayToken token = token();
		awaitEnd(client);
		assertRefused(Relay.SERVICE, PROVIDER, token);
		assertThat(this.relay.port().refused()).isOne();
		assertThat(this.log.warnings()).singleElement().asString().contains("not fetched in time");
	}

	@Test
	void aClientWhoseNodeCannotBeAskedIsTurnedAwayAtOnce() throws Exception {
		replaceByUnopened().open((token, at) -> CompletableFuture.failedFuture(new IllegalStateException("gone")));
		awaitEnd(client());
		awaitConnections(0);
	}

	@Test
	void aClientThatComesBeforeThePortIsOpenIsFetchedWhenItIs() throws Exception {
		Relay unopened = replaceByUnopened();
		SocketChannel client = client();
		awaitConnections(1);
		unopened.open(this::request);
		SocketChannel provider = fetch(token());
		provider.write(ByteBuffer.wrap(new byte[] { 42 }));
		assertThat(read(client, 1)).containsExactly(42);
	}

	@Test
	void aRequestForAClientThatHasGoneIsCancelled() throws Exception {
		CompletableFuture<Void> request = new CompletableFuture<>();
		replaceByUnopened().open((token, at) -> request);
		SocketChannel client = client();
		awaitConnections(1);
		client.socket().setSoLinger(true, 0);
		client.close();
		awaitConnections(0);
		Awaitility.await().untilAsserted(() -> assertThat(request).isCancelled());
	}

	@SlowTest
	@Test
	void moreConnectionsThanAllowedAreTurnedAwayCountedAndLoggedOnce() throws Exception {
		this.relay.close();
		this.relay = relay(new RelayLimits(2, Long.MAX_VALUE, Duration.ofSeconds(5)));
		SocketChannel first = client();
		fetch(token());
		client();
		token();
		for (int i = 0; i < 5; i++) {
			awaitEnd(client());
		}
		assertThat(this.relay.port().refused()).isEqualTo(5);
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.contains("too many connections")
			.contains("limit=2")
			.contains(PROVIDER.toString());
		assertThat(this.relay.port().connections()).isEqualTo(2);
		first.close();
		awaitConnections(1);
		client();
		token();
	}

	@SlowTest
	@Test
	void aNodeHasItsShareOfBytesAndNoMore() throws Exception {
		this.relay.close();
		this.relay = relay(new RelayLimits(2, 2_000_000, Duration.ofSeconds(5)));
		List<CompletableFuture<?>> written = new ArrayList<>();
		byte[] bytes = random(3_000_000);
		long start = System.nanoTime();
		List<SocketChannel> behind = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			written.add(writeInBackground(client(), bytes));
			behind.add(fetch(token()));
		}
		for (SocketChannel socket : behind) {
			assertThat(read(socket, bytes.length)).isEqualTo(bytes);
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		System.out.printf("6 MB at 2 MB a second took %.1f s%n", seconds);
		assertThat(seconds).as("for 6 MB at 2 MB a second").isBetween(2.0, 30.0);
		assertThat(written).allSatisfy((future) -> assertThat(future).succeedsWithin(LONG));
	}

	@SlowTest
	@Test
	void aClientThatNeverSpeaksIsEndedByTheNodeBehindTheProxy() throws Exception {
		LinkSettings hasty = new LinkSettings(Limits.DEFAULT, Duration.ofMillis(300), Duration.ofSeconds(5),
				Duration.ofSeconds(15));
		SocketTransport node = new SocketTransport(PROVIDER, new ForyCodec(), hasty);
		try (Relay hastily = new Relay(this.proxy, node, PROVIDER, Relay.UNLIMITED)
			.fetchAll((link) -> new RecordingReceiver())) {
			SocketChannel client = connect(hastily.endpoint().address());
			ByteBuf in = Unpooled.buffer();
			Welcome welcome = null;
			while (welcome == null) {
				in.writeBytes(read(client, 1));
				welcome = Welcome.read(in);
			}
			assertThat(welcome).isInstanceOfSatisfying(Welcome.Refused.class,
					(refused) -> assertThat(refused.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
			awaitEnd(client);
			Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(hastily.port().connections()).isZero());
		}
		finally {
			node.close();
		}
	}

	@Test
	void aTokenThatTheProxyDoesNotKnowIsAnErrorThatSaysSo() {
		CompletableFuture<?> fetched = this.relay.fetch(new RelayToken(1, 2), (link) -> new RecordingReceiver());
		assertThat(fetched).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOfSatisfying(ConnectionRefusedException.class,
					(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND))
			.withMessageContaining("no client waits with this token")
			.withMessageContaining(this.relay.endpoint().toString());
	}

	@Test
	void aProxyThatIsGoneOrAnotherIsAnErrorThatSaysSo() {
		Endpoint.Relayed other = new Endpoint.Relayed(this.relay.port().endpoint(), PROVIDER);
		Endpoint nobody = new Endpoint.Tcp("127.0.0.1", this.relay.endpoint().address().port());
		this.relay.port().close();
		RelayedPort port = new RelayedPort(this.provider, Relay.SERVICE, (link) -> new RecordingReceiver());
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(port.fetch(nobody, new RelayToken(1, 2), other, new AtomicInteger()))
				.failsWithin(LONG)
				.withThrowableThat()
				.withMessageContaining("Connection refused"));
	}

	@SlowTest
	@Test
	void manyClientsThatComeAndGoLeaveNothingOpen() throws Exception {
		for (int i = 0; i < 10; i++) {
			comeAndGo(i);
		}
		awaitConnections(0);
		OpenResources before = OpenResources.now();
		for (int i = 0; i < 300; i++) {
			comeAndGo(i);
		}
		awaitConnections(0);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(OpenResources.now()).matches((now) -> now.isWithin(before),
					"no more than " + before));
	}

	/**
	 * Ends in another way each time.
	 */
	private void comeAndGo(int number) throws Exception {
		try (SocketChannel client = client()) {
			RelayToken token = token();
			writeAll(client, random(1 + 97 * number));
			if (number % 5 == 0) {
				client.socket().setSoLinger(true, 0);
				return;
			}
			try (SocketChannel behind = fetch(token)) {
				if (number % 5 == 1) {
					behind.socket().setSoLinger(true, 0);
				}
				else if (number % 5 == 2) {
					writeAll(behind, random(50_000));
				}
				else if (number % 5 == 3) {
					assertThat(read(behind, 1 + 97 * number)).hasSize(1 + 97 * number);
				}
			}
		}
	}

}
