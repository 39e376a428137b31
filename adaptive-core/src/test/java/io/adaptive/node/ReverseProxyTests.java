package io.adaptive.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.ParallelThreads;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.proxy.OpenRelay;
import io.adaptive.internal.proxy.RelayOpened;
import io.adaptive.internal.proxy.RelayQuery;
import io.adaptive.internal.proxy.ReverseProxy;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.RelayLimits;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.status.RelayStatistics;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Nodes that are reached through another one.
 */
class ReverseProxyTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final CompletableFuture<ConnectionInfo> accepted = new CompletableFuture<>();

	private final CountDownLatch mayRead = new CountDownLatch(1);

	private Service echo() {
		return Service.named(SERVICE)
			.handle(Text.class, (text) -> text)
			.handle(Blob.class, (blob) -> blob)
			.handle(Pour.class, (pour, stream) -> {
				this.mayRead.await();
				long sum = 0;
				for (int i = 0; i < pour.count(); i++) {
					sum += stream.recv(Drop.class).bytes().length;
				}
				return new Text("got " + sum);
			})
			.handle(Wait.class, (wait) -> new CompletableFuture<>())
			.onConnect(this.accepted::complete);
	}

	private AdaptiveNode proxy(ReverseProxySettings settings) {
		return this.nodes.node((builder) -> builder.reverseProxy(settings), Scope.LAN);
	}

	private AdaptiveNode provider(AdaptiveNode proxy) {
		return provider(proxy.tcpEndpoint().orElseThrow(), UnaryOperator.identity());
	}

	private AdaptiveNode provider(Endpoint.Tcp proxy, UnaryOperator<AdaptiveNodeBuilder> settings) {
		AdaptiveNode provider = this.nodes
			.node((builder) -> settings.apply(builder.relayedBy(proxy.host(), proxy.port())), Scope.LAN);
		provider.newServer().publish(echo());
		return provider;
	}

	private static Endpoint.Relayed relayed(AdaptiveNode provider) {
		Awaitility.await().atMost(LONG).until(() -> provider.relayedEndpoint().isPresent());
		return provider.relayedEndpoint().orElseThrow();
	}

	private AdaptiveClient client() {
		return this.nodes.node(Scope.PROCESS).newClient();
	}

	private static RelayStatistics statistics(Connection proxy) {
		return proxy.sendRecv(new RelayQuery(), RelayStatistics.class);
	}

	private Connection control(AdaptiveNode proxy) {
		return client().connect(proxy.tcpEndpoint().orElseThrow(), ReverseProxy.SERVICE);
	}

	@Test
	void bothEndsSeeByWhomTheyAreRelayed() {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
		AdaptiveNode provider = provider(proxy);
		Endpoint.Relayed endpoint = relayed(provider);
		assertThat(endpoint.by()).isEqualTo(proxy.instance());
		assertThat(endpoint.address().port()).isPositive().isNotEqualTo(proxy.tcpEndpoint().orElseThrow().port());
		Connection connection = client().connect(endpoint, SERVICE);
		assertThat(connection.sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		assertThat(connection.info().peer()).isEqualTo(provider.instance());
		assertThat(connection.info().relayedBy()).contains(proxy.instance());
		assertThat(connection.info().scope()).isEqualTo(Scope.LAN);
		assertThat(this.accepted).succeedsWithin(LONG).satisfies((there) -> {
			assertThat(there.endpoint()).isEqualTo(endpoint);
			assertThat(there.relayedBy()).contains(proxy.instance());
			assertThat(there.scope()).isEqualTo(Scope.LAN);
		});
		Connection direct = client().connect(provider.tcpEndpoint().orElseThrow(), SERVICE);
		assertThat(direct.info().relayedBy()).isEmpty();
		assertThat(this.log.warnings()).isEmpty();
	}

	@SlowTest
	@Test
	void everyReplyBelongsToItsRequestOnEightStreams() throws Exception {
		Connection connection = client().connect(relayed(provider(proxy(ReverseProxySettings.DEFAULT))), SERVICE);
		AtomicInteger right = new AtomicInteger();
		ParallelThreads.run(8, (number) -> {
			try (MessageStream stream = connection.newStream()) {
				for (int i = 0; i < 5000; i++) {
					Text text = new Text(number + "." + i);
					if (stream.sendRecv(text, Text.class).equals(text)) {
						right.incrementAndGet();
					}
				}
			}
		});
		assertThat(right).hasValue(40_000);
	}

	@Test
	void theLargestMessagesPassWhileSmallOnesAreAnswered() {
		Connection connection = client().connect(relayed(provider(proxy(ReverseProxySettings.DEFAULT))), SERVICE);
		byte[] bytes = new byte[16_000_000];
		new Random(1).nextBytes(bytes);
		List<CompletableFuture<Blob>> large = List.of(connection.async().sendRecv(new Blob(bytes), Blob.class),
				connection.newStream().async().sendRecv(new Blob(bytes), Blob.class));
		for (int i = 0; i < 100; i++) {
			assertThat(connection.newStream().sendRecv(new Text("small"), Text.class)).isEqualTo(new Text("small"));
		}
		assertThat(large).allSatisfy((future) -> assertThat(future).succeedsWithin(LONG)
			.satisfies((blob) -> assertThat(blob.bytes()).isEqualTo(bytes)));
	}

	@SlowTest
	@Test
	void aReaderThatDoesNotReadHoldsItsSenderUpAndNobodyElse() throws Exception {
		Connection connection = client().connect(relayed(provider(proxy(ReverseProxySettings.DEFAULT))), SERVICE);
		MessageStream stream = connection.newStream();
		int count = 2000;
		CompletableFuture<Text> answer = stream.async().sendRecv(new Pour(count), Text.class);
		AtomicInteger sent = new AtomicInteger();
		Thread sender = new Thread(() -> {
			Drop drop = new Drop(new byte[64 * 1024]);
			for (int i = 0; i < count; i++) {
				stream.send(drop);
				sent.incrementAndGet();
			}
		});
		sender.start();
		AtomicInteger before = new AtomicInteger(-1);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(300))
			.atMost(LONG)
			.until(() -> before.getAndSet(sent.get()) == sent.get());
		assertThat(sent.get()).as("drops in flight").isBetween(1, 100);
		assertThat(connection.newStream().sendRecv(new Text("other"), Text.class)).isEqualTo(new Text("other"));
		this.mayRead.countDown();
		assertThat(answer).succeedsWithin(LONG).isEqualTo(new Text("got " + count * 64 * 1024));
		sender.join();
	}

	@Test
	void manyClientsAtOnceAreRelayed() throws Exception {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
		Endpoint.Relayed endpoint = relayed(provider(proxy));
		AdaptiveClient client = client();
		List<Connection> connections = new ArrayList<>();
		ParallelThreads.run(20, (number) -> {
			for (int i = 0; i < 10; i++) {
				Connection connection = client.connect(endpoint, SERVICE);
				Text text = new Text(number + "." + i);
				assertThat(connection.sendRecv(text, Text.class)).isEqualTo(text);
				synchronized (connections) {
					connections.add(connection);
				}
			}
		});
		assertThat(connections).hasSize(200);
		Connection control = control(proxy);
		assertThat(statistics(control)).isEqualTo(new RelayStatistics(1, 200, 0, 0));
		connections.forEach(Connection::close);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(statistics(control)).isEqualTo(new RelayStatistics(1, 0, 0, 0)));
	}

	@Test
	void aServiceThatIsNotThereIsRefusedThroughTheRelay() {
		Endpoint.Relayed endpoint = relayed(provider(proxy(ReverseProxySettings.DEFAULT)));
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(endpoint, new ServiceName("test", "ecko")))
			.withMessage("test/ecko@%s refused the connection: service test/ecko is not published here in scope LAN",
					endpoint)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

	@Test
	void aProviderThatClosesTakesItsPortAlong() {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
		AdaptiveNode provider = provider(proxy.tcpEndpoint().orElseThrow(),
				(builder) -> builder.drainTimeout(Duration.ofSeconds(1)));
		Endpoint.Relayed endpoint = relayed(provider);
		Connection connection = client().connect(endpoint, SERVICE);
		CompletableFuture<Text> call = connection.async().sendRecv(new Wait(), Text.class);
		assertThat(connection.sendRecv(new Text("there"), Text.class)).isNotNull();
		Connection control = control(proxy);
		CompletableFuture<?> closing = CompletableFuture.runAsync(provider::close);
		assertThat(call).failsWithin(Duration.ofSeconds(30));
		assertThat(closing).succeedsWithin(Duration.ofSeconds(30));
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(statistics(control)).isEqualTo(new RelayStatistics(0, 0, 0, 0)));
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(endpoint, SERVICE));
		assertThat(provider.relayedEndpoint()).isEmpty();
	}

	@Test
	void aProxyThatClosesEndsWhatItRelaysAtOnce() {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
		AdaptiveNode provider = provider(proxy);
		Connection connection = client().connect(relayed(provider), SERVICE);
		CompletableFuture<Text> call = connection.async().sendRecv(new Wait(), Text.class);
		assertThat(connection.sendRecv(new Text("there"), Text.class)).isNotNull();
		proxy.close();
		assertThat(call).failsWithin(LONG)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ConnectionLostException.class);
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(provider.relayedEndpoint()).isEmpty());
	}

	@Test
	void aProxyThatComesBackRelaysAgain() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		Endpoint.Tcp address = new Endpoint.Tcp("127.0.0.1", port);
		AdaptiveNode provider = provider(address, UnaryOperator.identity());
		for (int i = 0; i < 3; i++) {
			AdaptiveNode proxy = this.nodes
				.node((builder) -> builder.listen(port).reverseProxy(ReverseProxySettings.DEFAULT), Scope.PROCESS);
			Endpoint.Relayed endpoint = relayed(provider);
			assertThat(endpoint.by()).isEqualTo(proxy.instance());
			Connection connection = client().connect(endpoint, SERVICE);
			assertThat(connection.sendRecv(new Text("again"), Text.class)).isEqualTo(new Text("again"));
			proxy.close();
			Awaitility.await().atMost(LONG).until(() -> provider.relayedEndpoint().isEmpty());
		}
		assertThat(this.log.warnings()).filteredOn((line) -> line.contains("relay lost")).hasSize(3);
	}

	@Test
	void aProxyHasPortsForSoManyAndNoMore() {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT.withProviders(2));
		relayed(provider(proxy));
		AdaptiveNode second = provider(proxy);
		relayed(second);
		AdaptiveNode third = provider(proxy);
		Connection control = control(proxy);
		Awaitility.await().atMost(LONG).until(() -> statistics(control).refusedProviders() >= 3);
		assertThat(third.relayedEndpoint()).isEmpty();
		assertThat(this.log.warnings()).hasSize(2)
			.anySatisfy((line) -> assertThat(line).contains("reverse proxy full")
				.contains(third.instance().toString())
				.contains("limit=2"))
			.anySatisfy((line) -> assertThat(line).contains("no reverse proxy relays this node")
				.contains("2 public ports, the limit"));
		second.close();
		relayed(third);
		assertThat(statistics(control).providers()).isEqualTo(2);
	}

	@Test
	void aClientTooManyIsPassedOverAndCounted() {
		AdaptiveNode proxy = proxy(
				ReverseProxySettings.DEFAULT.withLimits(new RelayLimits(1, 1_000_000_000, Duration.ofSeconds(5))));
		Endpoint.Relayed endpoint = relayed(provider(proxy));
		Connection first = client().connect(endpoint, SERVICE);
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(endpoint, SERVICE))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE));
		assertThat(statistics(control(proxy))).isEqualTo(new RelayStatistics(1, 1, 0, 1));
		first.close();
		Awaitility.await().atMost(LONG).until(() -> statistics(control(proxy)).connections() == 0);
		assertThat(client().connect(endpoint, SERVICE).sendRecv(new Text("now"), Text.class)).isNotNull();
	}

	@Test
	void portsAreOfTheRangeAndTheHostIsTheOneThatIsSet() throws Exception {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT.withPublicHost("localhost").withPorts(port, port));
		AdaptiveNode provider = provider(proxy);
		Endpoint.Relayed endpoint = relayed(provider);
		assertThat(endpoint.address()).isEqualTo(new Endpoint.Tcp("localhost", port));
		assertThat(client().connect(endpoint, SERVICE).sendRecv(new Text("named"), Text.class)).isNotNull();
		AdaptiveNode late = provider(proxy);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.log.warnings()).singleElement()
				.asString()
				.contains("None of the 1 public ports is free")
				.contains(":" + port));
		provider.close();
		assertThat(relayed(late).address().port()).isEqualTo(port);
	}

	@Test
	void aNodeThatAsksAgainHasItsNewPortOnly() throws Exception {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
		AdaptiveClient client = client();
		Connection lost = client.connect(proxy.tcpEndpoint().orElseThrow(), ReverseProxy.SERVICE);
		RelayOpened before = lost.sendRecv(new OpenRelay(1), RelayOpened.class);
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> lost.sendRecv(new OpenRelay(1), RelayOpened.class))
			.withMessageContaining("This stream has a public port already");
		Connection next = client.connect(proxy.tcpEndpoint().orElseThrow(), ReverseProxy.SERVICE);
		RelayOpened after = next.sendRecv(new OpenRelay(1), RelayOpened.class);
		assertThat(after.port()).isNotEqualTo(before.port());
		lost.close();
		Awaitility.await().atMost(LONG).until(() -> !isOpen(before));
		assertThat(isOpen(after)).isTrue();
		assertThat(statistics(next).providers()).isOne();
		next.close();
		Awaitility.await().atMost(LONG).until(() -> !isOpen(after));
	}

	@Test
	void aNodeMayHaveAFewRelaysSideBySide() {
		AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
		Connection connection = control(proxy);
		List<RelayOpened> ports = new ArrayList<>();
		for (int relay = 0; relay < 4; relay++) {
			ports.add(connection.newStream().sendRecv(new OpenRelay(relay), RelayOpened.class));
		}
		assertThat(ports).doesNotHaveDuplicates().allMatch(ReverseProxyTests::isOpen);
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.newStream().sendRecv(new OpenRelay(4), RelayOpened.class))
			.withMessageContaining("has 4 public ports, the limit");
		assertThat(statistics(connection).providers()).isEqualTo(4);
		assertThat(statistics(connection).refusedProviders()).isOne();
	}

	private static boolean isOpen(RelayOpened port) {
		try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(port.host(), port.port()))) {
			return channel.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void whoRelaysOrIsRelayedListens() {
		assertThatIllegalArgumentException().isThrownBy(
				() -> this.nodes.node((builder) -> builder.reverseProxy(ReverseProxySettings.DEFAULT), Scope.PROCESS))
			.withMessageContaining("listens on TCP");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.nodes.node((builder) -> builder.relayedBy("127.0.0.1", 1), Scope.PROCESS));
	}

	@Test
	void nodesThatAreClosedWhileRelayingLeaveNothingOpen() {
		relayOnce();
		OpenResources before = OpenResources.now();
		for (int i = 0; i < 5; i++) {
			relayOnce();
		}
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(OpenResources.now()).matches((now) -> now.isWithin(before),
					"no more than " + before));
	}

	private void relayOnce() {
		try (AdaptiveNode client = this.nodes.node(Scope.PROCESS);
				AdaptiveNode proxy = proxy(ReverseProxySettings.DEFAULT);
				AdaptiveNode provider = provider(proxy)) {
			Connection connection = client.newClient().connect(relayed(provider), SERVICE);
			assertThat(connection.sendRecv(new Text("one"), Text.class)).isEqualTo(new Text("one"));
		}
	}

	record Text(String text) {
	}

	record Blob(byte[] bytes) {
	}

	record Pour(int count) {
	}

	record Drop(byte[] bytes) {
	}

	record Wait() {
	}

}
