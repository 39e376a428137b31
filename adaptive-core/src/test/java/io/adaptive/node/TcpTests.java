package io.adaptive.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.CannotListenException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.RemoteException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Nodes that listen on TCP, and clients that know their addresses.
 */
class TcpTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private final CountDownLatch mayFinish = new CountDownLatch(1);

	private final CompletableFuture<ConnectionInfo> accepted = new CompletableFuture<>();

	private Service echo() {
		return Service.named(SERVICE)
			.handle(Text.class, (text) -> text)
			.handle(Blob.class, (blob) -> blob)
			.handle(Wait.class, (wait, stream) -> {
				this.mayFinish.await();
				return new Text("done");
			})
			.handle(Talk.class, (talk, stream) -> {
				for (Line line = stream.recv(Line.class); !line.text().isEmpty(); line = stream.recv(Line.class)) {
					stream.send(new Line(talk.prefix() + line.text()));
				}
				stream.close();
				return null;
			})
			.onConnect(this.accepted::complete);
	}

	/**
	 * Publishes the service, and returns where it is.
	 */
	private Endpoint.Tcp serve() {
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		server.newServer().publish(echo());
		return server.tcpEndpoint().orElseThrow();
	}

	private AdaptiveClient client() {
		return this.nodes.node(Scope.PROCESS).newClient();
	}

	private Connection connect() {
		return client().connect(serve(), SERVICE);
	}

	private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				result.complete(work.call());
			}
			catch (Throwable ex) {
				result.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		return result;
	}

	@Test
	void aConversationTakesPlace() {
		Connection connection = connect();
		assertThat(connection.sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		try (MessageStream stream = connection.newStream()) {
			stream.send(new Talk("> "));
			for (int i = 0; i < 100; i++) {
				stream.send(new Line("line " + i));
			}
			for (int i = 0; i < 100; i++) {
				assertThat(stream.recv(Line.class)).isEqualTo(new Line("> line " + i));
			}
			stream.send(new Line(""));
		}
		assertThat(this.log.warnings()).isEmpty();
	}

	@Test
	void largeMessagesPassWhileSmallOnesAreAnswered() {
		Connection connection = connect();
		byte[] bytes = new byte[15_000_000];
		new Random(1).nextBytes(bytes);
		List<CompletableFuture<Blob>> large = List.of(connection.async().sendRecv(new Blob(bytes), Blob.class),
				connection.newStream().async().sendRecv(new Blob(bytes), Blob.class));
		for (int i = 0; i < 100; i++) {
			assertThat(connection.newStream().sendRecv(new Text("small"), Text.class)).isEqualTo(new Text("small"));
		}
		assertThat(large).allSatisfy((future) -> assertThat(future).succeedsWithin(LONG)
			.satisfies((blob) -> assertThat(blob.bytes()).isEqualTo(bytes)));
	}

	@Test
	void eachSideKnowsTheAddressOfTheOther() {
		Endpoint.Tcp endpoint = serve();
		Connection connection = client().connect(endpoint, SERVICE);
		connection.sendRecv(new Text("hello"), Text.class);
		ConnectionInfo here = connection.info();
		assertThat(here.endpoint()).isEqualTo(endpoint);
		assertThat(here.peerAddress()).isEqualTo(new InetSocketAddress(endpoint.host(), endpoint.port()));
		assertThat(here.scope()).isEqualTo(Scope.LAN);
		assertThat(this.accepted).succeedsWithin(LONG).satisfies((there) -> {
			assertThat(there.scope()).isEqualTo(Scope.LAN);
			assertThat(there.endpoint()).isEqualTo(endpoint);
			assertThat(there.peerAddress().getAddress()).isEqualTo(InetAddress.getByName(endpoint.host()));
			assertThat(there.peerAddress().getPort()).isNotEqualTo(endpoint.port());
		});
		assertThat(connection).hasToString("connection to test/echo@" + endpoint);
	}

	@Test
	void whoIsNotAskedToListensOnNoPort() {
		AdaptiveNode silent = this.nodes.node(Scope.PROCESS, Scope.OS);
		silent.newServer().publish(echo());
		assertThat(silent.tcpEndpoint()).isEmpty();
		assertThat(silent.scopes()).containsExactly(Scope.PROCESS, Scope.OS);
	}

	@Test
	void onlyThisMachineCanConnectUnlessAHostIsGiven() throws Exception {
		Endpoint.Tcp endpoint = serve();
		assertThat(InetAddress.getByName(endpoint.host()).isLoopbackAddress()).isTrue();
		assertThat(this.log.warnings()).isEmpty();
		AdaptiveNode open = this.nodes.node((builder) -> builder.listen("0.0.0.0", 0), Scope.PROCESS);
		open.newServer().publish(echo());
		assertThat(open.tcpEndpoint()).get().hasToString("tcp:0.0.0.0:" + open.tcpEndpoint().get().port());
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.contains("without encryption or authentication")
			.contains(open.tcpEndpoint().get().toString());
	}

	@Test
	void thePortIsBoundWithTheFirstServiceThatNeedsIt() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.LAN);
		assertThat(node.scopes()).containsExactly(Scope.PROCESS, Scope.LAN);
		node.newServer().publish(Service.named("test", "near").scopes(Scope.PROCESS));
		assertThat(node.tcpEndpoint()).isEmpty();
		assertThat(node.newServer().publish(echo()).scopes()).containsExactlyInAnyOrder(Scope.PROCESS, Scope.LAN);
		Endpoint.Tcp first = node.tcpEndpoint().orElseThrow();
		node.newServer().publish(Service.named("test", "second"));
		assertThat(node.tcpEndpoint()).contains(first);
		node.close();
		assertThat(node.tcpEndpoint()).isEmpty();
	}

	@Test
	void aServiceForNearerScopesIsNotReachedOverTcp() {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS, Scope.LAN);
		node.newServer().publish(echo());
		node.newServer().publish(Service.named("test", "near").scopes(Scope.PROCESS));
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(node.tcpEndpoint().orElseThrow(), new ServiceName("test", "near")))
			.withMessageContaining("service test/near is not published here in scope LAN");
	}

	@Test
	void aWrongServiceNameIsRefusedInWords() {
		Endpoint.Tcp endpoint = serve();
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(endpoint, new ServiceName("test", "ecko")))
			.withMessage("test/ecko@%s refused the connection: service test/ecko is not published here in scope LAN",
					endpoint)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.NOT_FOUND));
	}

	@Test
	void aWrongPortIsRefusedWithItsAddress() throws Exception {
		int free;
		try (ServerSocket socket = new ServerSocket(0)) {
			free = socket.getLocalPort();
		}
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(new Endpoint.Tcp("127.0.0.1", free), SERVICE))
			.withMessageStartingWith("test/echo@tcp:127.0.0.1:%d cannot be reached: ", free)
			.withMessageContaining("Connection refused")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNAVAILABLE))
			.satisfies((ex) -> assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT));
	}

	@SlowTest
	@Test
	void aPortWhereNobodyAnswersIsGivenUpWithItsAddress() throws Exception {
		try (ServerSocket mute = new ServerSocket(0)) {
			assertThatExceptionOfType(ConnectionRefusedException.class)
				.isThrownBy(() -> client().connect(new Endpoint.Tcp("127.0.0.1", mute.getLocalPort()), SERVICE))
				.withMessage("test/echo@tcp:127.0.0.1:%d did not answer within 5000 ms", mute.getLocalPort())
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
		}
	}

	@Test
	void aPortThatIsTakenIsAnErrorOfPublishingAndNothingIsPublished() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			AdaptiveNode node = this.nodes.node((builder) -> builder.listen(taken.getLocalPort()), Scope.PROCESS);
			assertThatExceptionOfType(CannotListenException.class).isThrownBy(() -> node.newServer().publish(echo()))
				.withMessageContaining("tcp:127.0.0.1:" + taken.getLocalPort());
			assertThatExceptionOfType(AdaptiveException.class)
				.isThrownBy(() -> node.newClient().discoverTimeout(Duration.ZERO).discover(SERVICE));
		}
	}

	@Test
	void aNodeThatOnlyListensSearchesNowhere() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		assertThatIllegalStateException().isThrownBy(() -> node.newClient().discover(SERVICE))
			.withMessageContaining("test/echo")
			.withMessageContaining("address");
	}

	@Test
	void aNodeNeedsAScope() {
		assertThatIllegalArgumentException().isThrownBy(() -> AdaptiveNode.builder().scopes(Set.of()).build())
			.withMessageContaining("no scope");
	}

	@SlowTest
	@RepeatedTest(3)
	void callsInFlightEndAtOnceWhenTheServerIsKilled() {
		try (ChildJvm server = ChildJvm.start(EchoProgram.class, "tcp")) {
			String line = server.awaitLine(EchoProgram.UP).text();
			int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
			Connection connection = client().connect(new Endpoint.Tcp("127.0.0.1", port), SERVICE);
			EchoProgram.Ball ball = new EchoProgram.Ball(1, 2);
			assertThat(connection.sendRecv(ball, EchoProgram.Ball.class)).isEqualTo(ball);
			List<CompletableFuture<EchoProgram.Ball>> calls = List.of(
					connection.async().sendRecv(new EchoProgram.Well(), EchoProgram.Ball.class),
					connection.newStream().async().sendRecv(new EchoProgram.Well(), EchoProgram.Ball.class),
					connection.newStream().async().recv(EchoProgram.Ball.class));
			assertThat(connection.sendRecv(ball, EchoProgram.Ball.class)).isEqualTo(ball);
			server.kill();
			assertThat(calls).allSatisfy((call) -> assertThat(call).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(ConnectionLostException.class)
				.withMessageContaining("tcp:127.0.0.1:" + port));
			assertThat(connection.isOpen()).isFalse();
		}
	}

	@Test
	void aClientThatClosesWithCallsInFlightEndsThem() {
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		CompletableFuture<String> disconnected = new CompletableFuture<>();
		server.newServer().publish(echo().onDisconnect((info, cause) -> disconnected.complete(cause.message())));
		Connection connection = client().connect(server.tcpEndpoint().orElseThrow(), SERVICE);
		CompletableFuture<Text> call = inBackground(() -> connection.sendRecv(new Wait(), Text.class));
		Awaitility.await().until(() -> server.workers().busy() > 0);
		connection.close();
		assertThat(call).failsWithin(LONG).withThrowableThat().havingCause().isInstanceOf(AdaptiveException.class);
		assertThat(disconnected).succeedsWithin(LONG);
		this.mayFinish.countDown();
	}

	@Test
	void aServerThatLeavesAnswersItsCallsInFlightAndTellsItsClients() {
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		server.newServer().publish(echo());
		Endpoint.Tcp endpoint = server.tcpEndpoint().orElseThrow();
		Connection connection = client().connect(endpoint, SERVICE);
		CompletableFuture<Text> call = inBackground(() -> connection.sendRecv(new Wait(), Text.class));
		Awaitility.await().until(() -> server.workers().busy() > 0);
		CompletableFuture<Void> closed = inBackground(() -> {
			server.close();
			return null;
		});
		Awaitility.await().until(() -> !connection.isOpen());
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client().connect(endpoint, SERVICE))
			.withMessageContaining(endpoint.toString());
		this.mayFinish.countDown();
		assertThat(call).succeedsWithin(LONG).isEqualTo(new Text("done"));
		assertThat(closed).succeedsWithin(LONG);
	}

	@Test
	void aMessageWithoutHandlerIsRefusedNamingIt() {
		Connection connection = connect();
		assertThatExceptionOfType(RemoteException.class)
			.isThrownBy(() -> connection.sendRecv(new Unknown(), Text.class))
			.withMessageContaining(Unknown.class.getName())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
	}

	@Test
	void nodesThatWereClosedLeaveNothingOpen() throws Exception {
		openAndCloseNodes();
		OpenResources before = OpenResources.now();
		for (int i = 0; i < 5; i++) {
			openAndCloseNodes();
		}
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(OpenResources.now()).matches((now) -> now.isWithin(before),
					"no more than " + before));
	}

	private void openAndCloseNodes() {
		try (AdaptiveNode server = this.nodes.node(Scope.LAN); AdaptiveNode client = this.nodes.node(Scope.PROCESS)) {
			server.newServer().publish(echo());
			Endpoint.Tcp localhost = new Endpoint.Tcp("localhost", server.tcpEndpoint().orElseThrow().port());
			Connection connection = client.newClient().connect(localhost, SERVICE);
			assertThat(connection.sendRecv(new Text("a"), Text.class)).isEqualTo(new Text("a"));
		}
	}

	@Test
	void aNodeThatIsClosedConnectsNoMore() {
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		client.close();
		assertThatExceptionOfType(ConnectionRefusedException.class)
			.isThrownBy(() -> client.newClient().connect(new Endpoint.Tcp("127.0.0.1", 1), SERVICE))
			.withMessageContaining("closed");
	}

	record Text(String text) {
	}

	record Line(String text) {
	}

	record Blob(byte[] bytes) {
	}

	record Wait() {
	}

	record Talk(String prefix) {
	}

	record Unknown() {
	}

}
