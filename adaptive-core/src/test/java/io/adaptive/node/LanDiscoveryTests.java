package io.adaptive.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.builtin.lan.LanAnswer;
import io.adaptive.internal.builtin.lan.LanQuery;
import io.adaptive.internal.builtin.lan.LanRegistry;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes that know nothing of each other meet on the loopback's broadcast address, on a
 * port of this test's own.
 */
@Timeout(120)
class LanDiscoveryTests {

	private static final ServiceName HELLO = new ServiceName("example", "hello");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final LanSettings lan = LanSettings.DEFAULT.port(freePort()).interfaces("lo");

	static int freePort() {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(0))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private AdaptiveNode lanNode() {
		return this.nodes.node((builder) -> builder.listen(0).lan(this.lan));
	}

	private static Service hello(String answer) {
		return Service.named(HELLO).handle(Question.class, (question) -> new Answer(answer));
	}

	private static Connection discover(AdaptiveNode node, long millis) {
		return node.newClient().discoverTimeout(Duration.ofMillis(millis)).discover(HELLO);
	}

	private static String ask(Connection connection) {
		return connection.sendRecv(new Question(), Answer.class).text();
	}

	@Test
	void aServiceIsFoundThatWasPublishedBefore() {
		lanNode().newServer().publish(hello("here"));
		try (Connection connection = discover(lanNode(), 5_000)) {
			assertThat(ask(connection)).isEqualTo("here");
			assertThat(connection.info().scope()).isEqualTo(Scope.LAN);
		}
	}

	@Test
	void aLookWithoutWaitingFindsWhatIsThere() {
		lanNode().newServer().publish(hello("here"));
		discover(lanNode(), 0).close();
	}

	@Test
	void aLookWithoutWaitingEndsSoonIfNothingIsThere() {
		AdaptiveNode client = lanNode();
		long start = System.nanoTime();
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> discover(client, 0));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void aClientThatWaitsIsWokenByThePublishing() {
		AdaptiveNode server = lanNode();
		AdaptiveNode client = lanNode();
		CompletableFuture<Connection> waiting = CompletableFuture.supplyAsync(() -> discover(client, 60_000));
		server.newServer().publish(hello("here"));
		try (Connection connection = waiting.join()) {
			assertThat(ask(connection)).isEqualTo("here");
		}
	}

	@Test
	void aServiceThatWasTakenBackIsNoLongerFound() {
		Publication publication = lanNode().newServer().publish(hello("here"));
		AdaptiveNode client = lanNode();
		discover(client, 5_000).close();
		publication.close();
		Awaitility.await()
			.untilAsserted(() -> assertThatExceptionOfType(ServiceNotFoundException.class)
				.isThrownBy(() -> discover(client, 0)));
	}

	@Test
	void aServiceThatIsNotForTheLocalNetworkIsNotFoundThere() {
		AdaptiveNode server = this.nodes
			.node((builder) -> builder.scopes(EnumSet.of(Scope.OS, Scope.LAN)).listen(0).lan(this.lan));
		server.newServer().publish(hello("here").scopes(Scope.OS));
		assertThatExceptionOfType(ServiceNotFoundException.class).isThrownBy(() -> discover(lanNode(), 0));
	}

	@Test
	void aNodeWithoutServicesListensNowhere() {
		AdaptiveNode client = lanNode();
		lanNode().newServer().publish(hello("here"));
		discover(client, 5_000).close();
		assertThat(client.tcpEndpoint()).isEmpty();
	}

	@Test
	void aNodeTellsWhatItKnowsOfOthers() {
		AdaptiveNode server = lanNode();
		server.newServer().publish(hello("here"));
		AdaptiveNode knowing = lanNode();
		knowing.newServer().publish(Service.named("example", "other").handle(Question.class, (question) -> null));
		try (Connection registry = lanNode().newClient()
			.connect(knowing.tcpEndpoint().orElseThrow(), LanRegistry.NAME)) {
			discover(knowing, 5_000).close();
			LanAnswer answer = registry.sendRecv(new LanQuery("example", "*"), LanAnswer.class);
			assertThat(answer.instances()).extracting(LanAnswer.Found::service)
				.containsExactlyInAnyOrder("example/hello", "example/other");
			assertThat(answer.instances()).anySatisfy((found) -> {
				assertThat(found.incarnation()).isEqualTo(server.instance().incarnation());
				assertThat(found.addresses()).containsExactly(server.tcpEndpoint().orElseThrow().toString());
			});
		}
	}

	private ChildJvm startServer() {
		ChildJvm server = ChildJvm.start(LanProgram.class, this.lan.port());
		server.awaitLine(LanProgram.UP);
		return server;
	}

	@SlowTest
	@Test
	void aKilledProgramIsGoneForWhoWatches() {
		AdaptiveNode client = lanNode();
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		client.newClient().watch(ServicePattern.of(HELLO), events::add);
		try (ChildJvm server = startServer()) {
			Awaitility.await().until(() -> events.size() == 1);
			awaitConfirmed(server);
			long start = System.nanoTime();
			server.kill();
			Awaitility.await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(events).hasSize(2));
			assertThat(events.get(1)).isInstanceOf(ServiceEvent.Gone.class);
			Duration gone = Duration.ofNanos(System.nanoTime() - start);
			System.out.println("a killed program is gone from the LAN after " + gone);
			assertThat(gone).as("goal: a second").isLessThan(Duration.ofSeconds(10));
		}
	}

	/**
	 * The program says when somebody follows it.
	 */
	private static void awaitConfirmed(ChildJvm server) {
		server.awaitLine("followed scope=LAN");
	}

	@SlowTest
	@Test
	void aProgramThatIsStartedAgainIsFoundAgain() {
		AdaptiveNode client = lanNode();
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		client.newClient().watch(ServicePattern.of(HELLO), events::add);
		try (ChildJvm first = startServer()) {
			Awaitility.await().until(() -> events.size() == 1);
			first.kill();
		}
		Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> events.size() == 2);
		try (ChildJvm again = startServer()) {
			Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> events.size() == 3);
			assertThat(events.get(2)).isInstanceOf(ServiceEvent.Appeared.class);
			assertThat(again.stop()).isZero();
			Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> events.size() == 4);
		}
	}

	@SlowTest
	@Test
	void programsOfOneMachineShareThePort() {
		AdaptiveNode client = lanNode();
		try (ChildJvm one = startServer(); ChildJvm other = startServer()) {
			lanNode().newServer().publish(hello("here"));
			Set<Instance> found = ConcurrentHashMap.newKeySet();
			client.newClient().watch(ServicePattern.of(HELLO), (event) -> found.add(event.instance().instance()));
			Awaitility.await().until(() -> found.size() == 3);
			assertThat(one.stop()).isZero();
			assertThat(other.stop()).isZero();
		}
	}

	@Test
	void whoWatchesIsToldExactlyWhatIsPublishedAndTakenBack() {
		AdaptiveNode server = lanNode();
		AdaptiveServer first = server.newServer();
		Publication hello = first.publish(hello("here"));
		List<String> events = new CopyOnWriteArrayList<>();
		lanNode().newClient()
			.watch(new ServicePattern("example", "*"),
					(event) -> events.add(event.getClass().getSimpleName() + " " + event.instance().service().name()));
		Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly("Appeared hello"));
		Publication other = first.publish(Service.named("example", "other"));
		Awaitility.await().untilAsserted(() -> assertThat(events).hasSize(2));
		hello.close();
		Awaitility.await().untilAsserted(() -> assertThat(events).hasSize(3));
		other.close();
		Awaitility.await()
			.untilAsserted(() -> assertThat(events).containsExactly("Appeared hello", "Appeared other", "Gone hello",
					"Gone other"));
	}

	record Question() {
	}

	record Answer(String text) {
	}

}
