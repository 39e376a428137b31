package io.adaptive.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.ServiceWatch;
import io.adaptive.fixture.OwnThread;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Timeouts that are too long to be counted in nanoseconds are none.
 */
@Timeout(60)
class EndlessTimeoutTests {

	private static final ServiceName SERVICE = new ServiceName("test", "endless");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final CountDownLatch gate = new CountDownLatch(1);

	static List<Duration> endless() {
		return List.of(Duration.ofDays(300 * 365L), Duration.ofSeconds(Long.MAX_VALUE),
				Duration.ofMillis(Long.MAX_VALUE), Duration.ofNanos(Long.MAX_VALUE), Duration.ofDays(100 * 365L));
	}

	static Stream<Arguments> scopesAndEndless() {
		return Stream.of(Scope.PROCESS, Scope.OS)
			.flatMap((scope) -> endless().stream().map((timeout) -> Arguments.of(scope, timeout)));
	}

	private AdaptiveNode publish(Scope scope, Duration drain) {
		AdaptiveNode node = this.nodes.node((builder) -> builder.drainTimeout(drain), scope);
		node.newServer().publish(Service.named(SERVICE).handle(Ask.class, (ask, stream) -> {
			this.gate.await(50, TimeUnit.SECONDS);
			return ask;
		}));
		return node;
	}

	@ParameterizedTest
	@MethodSource("scopesAndEndless")
	void aSearchWaitsForTheService(Scope scope, Duration timeout) {
		AdaptiveNode searching = this.nodes.node(scope);
		AdaptiveClient client = searching.newClient().discoverTimeout(timeout);
		CompletableFuture<Connection> found = CompletableFuture.supplyAsync(() -> client.discover(SERVICE),
				OwnThread.EXECUTOR);
		Awaitility.await().atMost(LONG).until(() -> searching.view().searches().size() == 1);
		assertThat(searching.view().searches()).singleElement()
			.satisfies((search) -> assertThat(search.timeout()).isNull());
		publish(scope, LONG);
		assertThat(found).succeedsWithin(LONG);
	}

	@ParameterizedTest
	@MethodSource("scopesAndEndless")
	void aWatchWaitsForTheNextEvent(Scope scope, Duration timeout) {
		try (ServiceWatch watch = this.nodes.node(scope).newClient().watch(ServicePattern.of(SERVICE))) {
			CompletableFuture<ServiceEvent> event = CompletableFuture
				.supplyAsync(() -> watch.next(timeout).orElseThrow(), OwnThread.EXECUTOR);
			publish(scope, LONG);
			assertThat(event).succeedsWithin(LONG);
		}
	}

	@ParameterizedTest
	@MethodSource("scopesAndEndless")
	void callsAndReceivingWait(Scope scope, Duration timeout) {
		publish(scope, LONG);
		CallSettings settings = CallSettings.DEFAULT.timeout(timeout);
		Connection connection = this.nodes.node(scope).newClient().calls(settings).lazy(SERVICE);
		CompletableFuture<Ask> later = connection.async().sendRecv(new Ask(1), Ask.class, settings);
		CompletableFuture<Ask> blocking = CompletableFuture
			.supplyAsync(() -> connection.sendRecv(new Ask(2), Ask.class, settings), OwnThread.EXECUTOR);
		MessageStream stream = connection.newStream();
		stream.setReceiveTimeout(timeout);
		CompletableFuture<Ask> received = CompletableFuture.supplyAsync(() -> {
			stream.send(new Ask(3), settings);
			return stream.recv(Ask.class);
		}, OwnThread.EXECUTOR);
		CompletableFuture<Ask> receivedLater = receivedLater(connection, timeout);
		assertThat(List.of(later, blocking, received, receivedLater)).noneMatch(CompletableFuture::isDone);
		this.gate.countDown();
		assertThat(later).succeedsWithin(LONG).isEqualTo(new Ask(1));
		assertThat(blocking).succeedsWithin(LONG).isEqualTo(new Ask(2));
		assertThat(received).succeedsWithin(LONG).isEqualTo(new Ask(3));
		assertThat(receivedLater).succeedsWithin(LONG).isEqualTo(new Ask(4));
	}

	private static CompletableFuture<Ask> receivedLater(Connection connection, Duration timeout) {
		MessageStream stream = connection.newStream();
		stream.setReceiveTimeout(timeout);
		stream.send(new Ask(4));
		return stream.async().recv(Ask.class);
	}

	@ParameterizedTest
	@MethodSource("scopesAndEndless")
	void drainingServesWhatIsInFlight(Scope scope, Duration timeout) {
		AdaptiveNode server = publish(scope, timeout);
		Connection connection = this.nodes.node(scope).newClient().discoverTimeout(LONG).discover(SERVICE);
		CompletableFuture<Ask> call = connection.async().sendRecv(new Ask(1), Ask.class);
		Awaitility.await().atMost(LONG).until(() -> server.workers().busy() == 1);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close, OwnThread.EXECUTOR);
		Awaitility.await().atMost(LONG).until(() -> server.view().isOutOfService());
		assertThat(closed).isNotDone();
		this.gate.countDown();
		assertThat(call).succeedsWithin(LONG).isEqualTo(new Ask(1));
		assertThat(closed).succeedsWithin(LONG);
	}

	record Ask(int number) {
	}

}
