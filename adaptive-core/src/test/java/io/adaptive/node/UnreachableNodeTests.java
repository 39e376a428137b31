package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.client.Watch;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Instance;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceEvent;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that root registries cannot reach: it listens on an address of the loopback
 * other than the one from which it is seen.
 */
@Timeout(120)
class UnreachableNodeTests {

	private static final ServiceName SERVICE = new ServiceName("test", "inside");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	@TempDir
	private Path directory;

	private final LanSettings lan = LanSettings.DEFAULT.port(LanDiscoveryTests.freePort()).interfaces("lo");

	private AdaptiveNode root;

	private List<Endpoint.Tcp> registries;

	@BeforeEach
	void startRoot() {
		this.root = startRoot(0);
		this.registries = List.of(this.root.tcpEndpoint().orElseThrow());
	}

	private AdaptiveNode startRoot(int port) {
		return this.nodes.node(
				(builder) -> builder.listen("127.0.0.1", port).rootRegistry(new RootRegistrySettings(this.directory)));
	}

	private AdaptiveNode publishInside(boolean inLan) {
		AdaptiveNode inside = this.nodes
			.node((builder) -> (inLan ? builder.lan(this.lan) : builder).listen("127.0.0.2", 0)
				.registries(this.registries)
				// Nowhere, so that clients have the relay alone.
				.advertise(List.of("127.0.0.3")));
		inside.newServer().publish(Service.named(SERVICE).handle(Note.class, (note) -> note).scopes(Scope.WAN));
		return inside;
	}

	private AdaptiveClient client() {
		return this.nodes.node((builder) -> builder.registries(this.registries)).newClient().discoverTimeout(LONG);
	}

	private static void check(Connection connection, AdaptiveNode relayedBy, AdaptiveNode peer) {
		assertThat(connection.sendRecv(new Note("hi"), Note.class)).isEqualTo(new Note("hi"));
		assertThat(connection.info().scope()).isEqualTo(Scope.WAN);
		assertThat(connection.info().relayedBy()).contains(relayedBy.instance());
		assertThat(connection.info().peer()).isEqualTo(peer.instance());
	}

	@Test
	void itIsRelayedByTheRootWhereThereIsNoGateway() {
		AdaptiveNode inside = publishInside(false);
		try (Connection connection = client().discover(SERVICE)) {
			check(connection, this.root, inside);
			assertThat(inside.relayedEndpoint()).contains((Endpoint.Relayed) connection.info().endpoint());
		}
		assertThat(this.log.warnings()).as("an error of a node that is relayed")
			.noneMatch((line) -> line.startsWith("ERROR"));
	}

	@Test
	void nothingIsRelayedBeforeThatIsNeeded() {
		AdaptiveNode outside = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0).registries(this.registries));
		outside.newServer().publish(Service.named(SERVICE).handle(Note.class, (note) -> note));
		try (Connection connection = client().discover(SERVICE)) {
			assertThat(connection.info().relayedBy()).isEmpty();
			assertThat(connection.info().scope()).isEqualTo(Scope.WAN);
		}
		assertThat(outside.relayedEndpoint()).isEmpty();
	}

	private AdaptiveNode startGateway() {
		return this.nodes.node((builder) -> builder.lan(this.lan)
			.listen("127.0.0.1", 0)
			.registries(this.registries)
			.reverseProxy(ReverseProxySettings.DEFAULT));
	}

	@Test
	void aGatewayThatComesLaterRelaysNewConnectionsWhileOldOnesStay() {
		AdaptiveNode inside = publishInside(true);
		AdaptiveClient client = client();
		List<ServiceEvent> events = new CopyOnWriteArrayList<>();
		Watch watch = client.watch(ServicePattern.of(SERVICE), events::add);
		try (watch; Connection old = client.discover(SERVICE)) {
			check(old, this.root, inside);
			AdaptiveNode gateway = startGateway();
			Awaitility.await().atMost(LONG).ignoreExceptions().untilAsserted(() -> {
				try (Connection fresh = client.discover(SERVICE)) {
					check(fresh, gateway, inside);
				}
			});
			check(old, this.root, inside);
			try (Connection fresh = client.discover(SERVICE)) {
				this.root.close();
				check(fresh, gateway, inside);
			}
			assertThat(events).hasOnlyElementsOfType(ServiceEvent.Appeared.class).hasSize(1);
		}
	}

	@Test
	void itIsRelayedByAGatewayOfItsNetwork() {
		AdaptiveNode gateway = startGateway();
		Awaitility.await()
			.atMost(LONG)
			.until(() -> gateway.registries().get(0).registration() == RootRegistryStatus.Registration.ACCEPTED);
		AdaptiveNode inside = publishInside(true);
		try (Connection connection = client().discover(SERVICE)) {
			check(connection, gateway, inside);
		}
	}

	private AdaptiveNode startUnreachableGateway() {
		return this.nodes.node((builder) -> builder.lan(this.lan)
			.listen("127.0.0.4", 0)
			.registries(this.registries)
			.reverseProxy(ReverseProxySettings.DEFAULT));
	}

	@Test
	void aGatewayThatTheRootCannotReachIsRelayedByTheRootAndNotByItself() {
		AdaptiveNode gateway = startUnreachableGateway();
		Set<Instance> relays = new LinkedHashSet<>();
		Awaitility.await().atMost(LONG).pollInterval(Duration.ofMillis(1)).until(() -> {
			gateway.relayedEndpoint().map(Endpoint.Relayed::by).ifPresent(relays::add);
			return gateway.registries().get(0).registration() == RootRegistryStatus.Registration.ACCEPTED;
		});
		assertThat(relays).containsExactly(this.root.instance());
	}

	@SlowTest
	@Test
	void aGatewayThatTheRootCannotReachEitherIsPassedOver() {
		startUnreachableGateway();
		AdaptiveNode inside = publishInside(true);
		try (Connection connection = client().discover(SERVICE)) {
			check(connection, this.root, inside);
		}
	}

	@Test
	void itIsReachedAgainAfterTheRootWasRestarted() {
		AdaptiveNode inside = publishInside(false);
		AdaptiveClient client = client();
		try (Connection connection = client.lazy(SERVICE)) {
			assertThat(connection.sendRecv(new Note("hi"), Note.class)).isEqualTo(new Note("hi"));
			int port = this.root.tcpEndpoint().orElseThrow().port();
			this.root.close();
			this.root = startRoot(port);
			Awaitility.await()
				.atMost(LONG)
				.ignoreExceptions()
				.untilAsserted(() -> check(connection, this.root, inside));
		}
	}

	@SlowTest
	@Test
	void whoIsNeitherReachedNorRelayedIsToldSo() {
		int port = this.registries.get(0).port();
		this.root.close();
		this.root = this.nodes.node((builder) -> builder.listen("127.0.0.1", port)
			.rootRegistry(new RootRegistrySettings(this.directory).withoutRelaying()));
		AdaptiveNode inside = publishInside(false);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(inside.registries().get(0).refusal()).isNotNull());
		assertThat(inside.registries().get(0).refusal()).contains("127.0.0.1").contains("reverse proxy");
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(
					() -> assertThat(this.log.warnings()).anyMatch((line) -> line.contains("registration refused")));
	}

	record Note(String text) {
	}

}
