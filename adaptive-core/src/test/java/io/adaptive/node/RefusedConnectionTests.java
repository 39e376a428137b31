package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.wire.Welcome;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.spi.Envelope;
import io.adaptive.status.TrafficStatistics;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.ConnectionInfo;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A connect hook decides on a connection before the client has it.
 */
@Timeout(120)
class RefusedConnectionTests {

	private static final ServiceName SERVICE = new ServiceName("test", "picky");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	/** What the hooks of the service were told. */
	private final List<String> told = new CopyOnWriteArrayList<>();

	private AdaptiveNode server;

	private void publish(Scope scope, Consumer<ConnectionInfo> hook, UnaryOperator<Service> more) {
		publish(scope, LinkSettings.DEFAULT, hook, more);
	}

	private void publish(Scope scope, LinkSettings settings, Consumer<ConnectionInfo> hook,
			UnaryOperator<Service> more) {
		boolean tcp = scope == Scope.LAN;
		this.server = this.nodes.node((builder) -> (tcp ? builder.listen(0) : builder).linkSettings(settings)
			.scaleFactors(new ScaleFactors(1, 128, -1, 1)), tcp ? Scope.OS : scope);
		this.server.newServer()
			.publish(more.apply(Service.named(SERVICE).handle(Text.class, (text) -> text).onConnect((connection) -> {
				this.told.add("connect");
				hook.accept(connection);
			})
				.onStreamOpen((stream) -> this.told.add("open"))
				.onStreamClose((stream) -> this.told.add("close"))
				.onDisconnect((connection, cause) -> this.told.add("disconnect " + cause.code()))));
	}

	private Connection connect(Scope scope) {
		return this.nodes.connect(this.nodes.node((scope == Scope.LAN) ? Scope.OS : scope), scope, SERVICE);
	}

	static Stream<Arguments> everyCodeInEveryScope() {
		return Stream.of(Scope.PROCESS, Scope.OS, Scope.LAN)
			.flatMap((scope) -> Stream
				.of(ErrorCode.PERMISSION_DENIED, ErrorCode.FAILED_PRECONDITION, ErrorCode.RESOURCE_EXHAUSTED)
				.map((code) -> Arguments.of(scope, code)));
	}

	@ParameterizedTest
	@MethodSource("everyCodeInEveryScope")
	void theClientGetsTheCodeAndTheTextOfTheHook(Scope scope, ErrorCode code) {
		publish(scope, (connection) -> {
			throw new AdaptiveException(code, "not you");
		}, (service) -> service);
		assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> connect(scope)).satisfies((ex) -> {
			assertThat(ex.code()).isEqualTo(code);
			assertThat(ex.delivery()).isEqualTo(Delivery.NOT_SENT);
			assertThat(ex).hasMessageEndingWith("not you");
		});
		assertThat(this.told).containsExactly("connect");
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			TrafficStatistics traffic = this.server.statistics().traffic().get(scope);
			assertThat(traffic.streams()).isZero();
			assertThat(traffic.serverConnections()).isZero();
		});
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void everyFormOfACallFailsWithTheRefusal(Scope scope) {
		publish(scope, (connection) -> {
			throw new AdaptiveException(ErrorCode.PERMISSION_DENIED, "not you");
		}, (service) -> service);
		AdaptiveClient client = this.nodes.node(scope).newClient();
		Connection lazy = client.lazy(SERVICE);
		CallSettings settings = CallSettings.DEFAULT.timeout(LONG);
		Text text = new Text("hello");
		for (Throwable failure : List.of(catchThrowable(() -> client.discover(SERVICE)),
				catchThrowable(() -> lazy.sendRecv(text, Text.class, settings)),
				catchThrowable(() -> lazy.async().sendRecv(text, Text.class, settings).join()).getCause(),
				catchThrowable(() -> lazy.reactive().sendRecv(text, Text.class, settings).block()),
				catchThrowable(() -> lazy.send(text, settings)), catchThrowable(lazy::newStream))) {
			assertThat(failure).isInstanceOf(AdaptiveException.class).hasMessageContaining("not you");
			assertThat(((AdaptiveException) failure).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void othersAreAccepted(Scope scope) {
		CountDownLatch first = new CountDownLatch(1);
		publish(scope, (connection) -> {
			if (first.getCount() > 0) {
				first.countDown();
				throw new AdaptiveException(ErrorCode.PERMISSION_DENIED, "not you");
			}
		}, (service) -> service);
		assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> connect(scope));
		Connection accepted = connect(scope);
		assertThat(accepted.sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
		accepted.close();
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.told).containsExactly("connect", "connect", "open", "close",
					"disconnect UNAVAILABLE"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void aHookThatFailsOtherwiseAccepts(Scope scope) {
		publish(scope, (connection) -> {
			throw new StackOverflowError("a fault of the hook");
		}, (service) -> service);
		assertThat(connect(scope).sendRecv(new Text("hello"), Text.class)).isEqualTo(new Text("hello"));
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS", "LAN" })
	void theTextIsOneLineOfAThousandCharacters(Scope scope) {
		publish(scope, (connection) -> {
			throw new AdaptiveException(ErrorCode.PERMISSION_DENIED, "a\r\nforged line" + "x".repeat(100_000));
		}, (service) -> service);
		assertThatExceptionOfType(ConnectionRefusedException.class).isThrownBy(() -> connect(scope))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains("a??forged line")
				.endsWith("x...")
				.hasSizeLessThan(1_300));
	}

	/**
	 * The only worker runs the handler that connects.
	 */
	@Test
	void aHandlerMayConnectToItsOwnNode() {
		CompletableFuture<AdaptiveClient> client = new CompletableFuture<>();
		publish(Scope.PROCESS, (connection) -> {
		}, (service) -> service.handle(Through.class, (through) -> {
			client.join().discoverTimeout(LONG).discover(SERVICE).close();
			return through;
		}));
		Connection connection = connect(Scope.PROCESS);
		client.complete(this.server.newClient());
		assertThat(connection.sendRecv(new Through(1), Through.class, CallSettings.DEFAULT.timeout(LONG)))
			.isEqualTo(new Through(1));
		assertThat(this.told).filteredOn("connect"::equals).hasSize(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void whatAClientSendsBeforeTheDecisionIsHandledAfterIt(Scope scope) throws Exception {
		CountDownLatch decided = new CountDownLatch(1);
		publish(scope, (connection) -> await(decided), (service) -> service);
		try (RawPeer peer = RawPeer.connect(this.nodes.address(scope))) {
			peer.send(RawPeer.hello(SERVICE, "fory"), RawPeer.type(1, "test.unknown"),
					RawPeer.frame(RawPeer.MESSAGE, 0, 1, 1, 1));
			Awaitility.await().atMost(LONG).until(() -> this.told.contains("connect"));
			assertThat(this.told).containsExactly("connect");
			decided.countDown();
			assertThat(peer.welcome()).isInstanceOf(Welcome.Accepted.class);
			assertThat(peer.next()).isInstanceOfSatisfying(Envelope.Failure.class,
					(failure) -> assertThat(failure.error().code()).isEqualTo(ErrorCode.UNIMPLEMENTED));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void aClientThatGoesBeforeTheDecisionIsToldToTheHooks(Scope scope) throws Exception {
		CountDownLatch decided = new CountDownLatch(1);
		publish(scope, (connection) -> await(decided), (service) -> service);
		try (RawPeer peer = RawPeer.connect(this.nodes.address(scope))) {
			peer.send(RawPeer.hello(SERVICE, "fory"));
			Awaitility.await().atMost(LONG).until(() -> this.told.contains("connect"));
		}
		decided.countDown();
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.told).startsWith("connect").endsWith("disconnect UNAVAILABLE"));
	}

	@ParameterizedTest
	@EnumSource(names = { "OS", "LAN" })
	void aHookThatTakesTooLongRefuses(Scope scope) throws Exception {
		CountDownLatch decided = new CountDownLatch(1);
		LinkSettings settings = new LinkSettings(Limits.DEFAULT, Duration.ofMillis(300), Duration.ofSeconds(5),
				Duration.ofSeconds(15));
		publish(scope, settings, (connection) -> await(decided), (service) -> service);
		try (RawPeer peer = RawPeer.connect(this.nodes.address(scope))) {
			peer.send(RawPeer.hello(SERVICE, "fory"));
			assertThat(peer.welcome()).isInstanceOfSatisfying(Welcome.Refused.class,
					(refused) -> assertThat(refused.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
		}
		decided.countDown();
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.told).containsExactly("connect", "disconnect DEADLINE_EXCEEDED"));
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	record Text(String text) {
	}

	record Through(int number) {
	}

}
