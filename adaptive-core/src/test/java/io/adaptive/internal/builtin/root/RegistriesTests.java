package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.discovery.LeaseCounters;
import io.adaptive.internal.scope.wan.Registries;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.spi.Announcer;
import io.adaptive.spi.Lookup;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a node does with root registries that refuse it, go down, and disagree. Who is
 * reached is for each test to say, by the port.
 */
class RegistriesTests {

	private static final ServiceName SERVICE = new ServiceName("test", "far");

	private static final Duration LONG = Duration.ofSeconds(50);

	private static final LeaseTimes SHORT = new LeaseTimes(Duration.ofSeconds(3), Duration.ofMillis(500),
			Duration.ofSeconds(60));

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private final Set<Integer> unreachable = ConcurrentHashMap.newKeySet();

	private final AtomicReference<List<Endpoint.Relayed>> relays = new AtomicReference<>(List.of());

	private final Deque<AutoCloseable> open = new ArrayDeque<>();

	private int directories;

	@AfterEach
	void close() throws Exception {
		while (!this.open.isEmpty()) {
			this.open.pop().close();
		}
	}

	/**
	 * A node with a root registry.
	 */
	private AdaptiveNode root() {
		AdaptiveNode node = this.nodes.node(Scope.LAN);
		RootRegistry registry = new RootRegistry(
				new RootRegistrySettings(this.directory.resolve("root" + this.directories++), SHORT),
				(address, expected, token) -> this.unreachable.contains(address.port())
						? new ReachabilityProbe.Outcome(ReachabilityProbe.Answer.SILENCE, "nobody answers")
						: ReachabilityProbe.Outcome.REACHED,
				node.instance(), () -> "127.0.0.1", System::nanoTime);
		this.open.push(registry);
		node.newServer().publish(registry.service().scopes(Scope.LAN));
		return node;
	}

	private Registries scope(AdaptiveNode... roots) {
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		SocketTransport sockets = new SocketTransport(node.instance(), new ForyCodec(), LinkSettings.DEFAULT);
		TcpPort port = new TcpPort(new Endpoint.Tcp("127.0.0.1", 0), sockets, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND, "nothing is here");
		});
		port.open();
		Registries scope = TestRegistries.of(
				List.of(roots).stream().map((root) -> root.tcpEndpoint().orElseThrow()).toList(), node.newClient(),
				port, sockets.ownAddresses(), (registry) -> this.relays.get());
		this.open.push(sockets);
		this.open.push(port);
		this.open.push(scope);
		scope.start();
		return scope;
	}

	private static void awaitStatus(Registries scope, RootRegistryStatus.Registration registration) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(scope.status()).extracting(RootRegistryStatus::registration)
				.containsOnly(registration));
	}

	private static List<ServiceInstance> find(Registries scope) {
		return scope.find(ServicePattern.of(SERVICE));
	}

	private static void awaitFound(Registries scope, int instances) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(find(scope)).hasSize(instances));
	}

	@Test
	void aNodeThatIsNotReachedIsRegisteredByAWayRound() {
		AdaptiveNode root = root();
		for (int port = 1024; port <= 65_535; port++) {
			this.unreachable.add(port);
		}
		Endpoint.Relayed first = new Endpoint.Relayed(new Endpoint.Tcp("127.0.0.1", 1), root.instance());
		Endpoint.Relayed second = new Endpoint.Relayed(new Endpoint.Tcp("127.0.0.1", 2), root.instance());
		this.relays.set(List.of(first));
		Registries server = scope(root);
		server.announce(SERVICE);
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
		Registries client = scope(root);
		client.watch(ServicePattern.ALL, () -> {
		});
		awaitFound(client, 1);
		assertThat(find(client).get(0).endpoints()).containsExactly(first);
		this.relays.set(List.of(second));
		server.relaysChanged();
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(
					() -> assertThat(find(client)).flatExtracting(ServiceInstance::endpoints).containsExactly(second));
		assertThat(this.log.warnings()).allMatch((line) -> line.contains("root registry refused"));
	}

	@Test
	void aNodeThatWasRefusedIsAcceptedWhenItCanBeReached() {
		AdaptiveNode root = root();
		for (int port = 1; port <= 65_535; port++) {
			this.unreachable.add(port);
		}
		Registries server = scope(root);
		server.announce(SERVICE);
		awaitStatus(server, RootRegistryStatus.Registration.REFUSED);
		assertThat(server.status().get(0).connected()).isTrue();
		assertThat(server.status().get(0).refusal()).contains("nobody answers");
		Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(errors()).hasSize(1));
		this.unreachable.clear();
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
		assertThat(server.status().get(0).refusal()).isNull();
		assertThat(errors()).hasSize(1);
	}

	private List<String> errors() {
		return this.log.warnings().stream().filter((line) -> line.startsWith("ERROR")).toList();
	}

	@Test
	void whatAWatchKnewStillCountsWhenItIsOver() {
		AdaptiveNode root = root();
		Registries server = scope(root);
		server.announce(SERVICE);
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
		Registries client = scope(root);
		for (int i = 1; i <= 50; i++) {
			// Each time another, of which nothing is known.
			ServicePattern pattern = new ServicePattern("*".repeat(i), SERVICE.name());
			Lookup.Watch watch = client.watch(pattern, () -> {
			});
			Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> !client.find(pattern).isEmpty());
			watch.close();
			assertThat(client.find(pattern)).as("round %d", i).hasSize(1);
		}
	}

	@SlowTest
	@Test
	void aLeaseIsKeptWhileAChangeIsRefused() throws InterruptedException {
		AdaptiveNode root = root();
		Registries server = scope(root);
		server.announce(SERVICE);
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
		Registries client = scope(root);
		AtomicInteger gone = new AtomicInteger();
		client.watch(ServicePattern.of(SERVICE), () -> gone.addAndGet(1 - find(client).size()));
		awaitFound(client, 1);
		gone.set(0);
		List<Announcer.Announcement> tooMany = new ArrayList<>();
		for (int i = 0; i <= RootRegistry.MAX_SERVICES_PER_NODE; i++) {
			tooMany.add(server.announce(new ServiceName("test", "s" + i)));
		}
		awaitStatus(server, RootRegistryStatus.Registration.REFUSED);
		// Longer than a lease.
		TimeUnit.SECONDS.sleep(4);
		assertThat(gone).hasValue(0);
		assertThat(find(client)).hasSize(1);
		tooMany.forEach(Announcer.Announcement::close);
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
	}

	@SlowTest
	@Test
	void aNodeWhosePauseWasTooLongRegistersAgain() {
		AdaptiveNode root = root();
		Connection connection = this.nodes.node(Scope.PROCESS)
			.newClient()
			.connect(root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE);
		RootSession session = new RootSession(connection, ReachabilityToken.random(), new LeaseCounters());
		DesiredRegistration desired = new DesiredRegistration(Set.of(SERVICE), 7000, AdvertisedHosts.NONE, List.of());
		session.catchUp(desired);
		assertThat(session.isBehind(desired)).isFalse();
		assertThat(session.nanosToRenewal()).isBetween(0L, SHORT.renewal().toNanos());
		DesiredRegistration more = new DesiredRegistration(Set.of(SERVICE, new ServiceName("test", "more")), 7000,
				AdvertisedHosts.NONE, List.of());
		Awaitility.await()
			.atMost(LONG)
			.until(() -> connection.sendRecv(new QueryServices("*", "*", 0), ServicesFound.class).nodes().isEmpty());
		session.catchUp(more);
		assertThat(session.isRegistered()).isFalse();
		assertThat(session.isBehind(more)).isTrue();
		session.catchUp(more);
		assertThat(session.services()).hasSize(2);
		session.unregister();
		assertThat(session.isRegistered()).isFalse();
		assertThat(connection.sendRecv(new QueryServices("*", "*", 0), ServicesFound.class).nodes()).isEmpty();
	}

	@Test
	void aLeaseIsLostWhenItIsTheRenewalThatFails() {
		AdaptiveNode silent = this.nodes.node(Scope.LAN);
		silent.newServer()
			.publish(Service.named(RootRegistry.SERVICE)
				.handle(RegisterNode.class, (node) -> new NodeRegistered(1, 3000, 50, "127.0.0.1"))
				.handle(RenewLease.class, (lease) -> {
					throw new AdaptiveException(ErrorCode.UNAVAILABLE, "expected by the test");
				})
				.scopes(Scope.LAN));
		Registries scope = scope(silent);
		assertThat(scope.statistics().wanted()).isZero();
		scope.announce(SERVICE);
		assertThat(scope.statistics().wanted()).isOne();
		Awaitility.await().atMost(LONG).until(() -> scope.statistics().lost() > 0);
	}

	@Test
	void whatARegistryToldLastCountsWhileItIsDownUntilItTurnsOutWrong() {
		AdaptiveNode root = root();
		Registries server = scope(root);
		server.announce(SERVICE);
		Registries client = scope(root);
		Lookup.Watch watch = client.watch(ServicePattern.of(SERVICE), () -> {
		});
		awaitFound(client, 1);
		root.close();
		Awaitility.await().atMost(LONG).until(() -> !client.status().get(0).connected());
		assertThat(find(client)).hasSize(1);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(client.status().get(0).lastError()).contains("Connection refused"));
		assertThat(client.refresh(ServicePattern.of(SERVICE))).succeedsWithin(LONG);
		watch.close();
		assertThat(find(client)).hasSize(1);
		client.unreachable(find(client).get(0));
		assertThat(find(client)).isEmpty();
	}

	@Test
	void whatOneRegistryHasSeenGoIsNotBelievedOfAnotherThatIsDown() {
		AdaptiveNode down = root();
		AdaptiveNode up = root();
		Registries server = scope(down, up);
		server.announce(SERVICE);
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
		Registries client = scope(down, up);
		client.watch(ServicePattern.of(SERVICE), () -> {
		});
		Awaitility.await()
			.atMost(LONG)
			.until(() -> client.status().stream().allMatch(RootRegistryStatus::connected) && find(client).size() == 1);
		down.close();
		Awaitility.await().atMost(LONG).until(() -> !client.status().get(0).connected());
		assertThat(find(client)).hasSize(1);
		server.close();
		awaitFound(client, 0);
	}

	@SlowTest
	@Test
	void aRegistryThatIsCutOffDoesNotTellOfAnEmptyWorld() {
		AdaptiveNode root = root();
		Registries client = scope(root);
		client.watch(ServicePattern.of(SERVICE), () -> {
		});
		List<Connection> silent = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			ProviderId host = new ProviderId("host-" + i);
			silent.add(this.nodes.node((builder) -> builder.providerId(host), Scope.PROCESS)
				.newClient()
				.connect(root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE));
		}
		for (Connection node : silent) {
			node.sendRecv(new RegisterNode(7000, List.of(), false, List.of(), List.of(SERVICE.toString()),
					ReachabilityToken.random().hex()), NodeRegistered.class);
		}
		this.unreachable.add(7000);
		awaitFound(client, 6);
		Awaitility.await()
			.during(SHORT.lease().plusSeconds(2))
			.atMost(LONG)
			.untilAsserted(() -> assertThat(find(client)).hasSize(6));
	}

	@Test
	void aServiceThatNobodyWatchesIsFoundByAsking() {
		AdaptiveNode root = root();
		Registries server = scope(root);
		server.announce(SERVICE);
		awaitStatus(server, RootRegistryStatus.Registration.ACCEPTED);
		Registries client = scope(root);
		assertThat(find(client)).isEmpty();
		assertThat(ask(client, 1)).singleElement().satisfies((found) -> assertThat(found.scope()).isEqualTo(Scope.WAN));
		server.close();
		assertThat(ask(client, 0)).isEmpty();
	}

	/**
	 * Asks until the answer has so many instances. One that takes too long is not waited
	 * for.
	 */
	private static List<ServiceInstance> ask(Registries client, int instances) {
		ServicePattern pattern = new ServicePattern("t*", "*r");
		return Awaitility.await().atMost(LONG).until(() -> {
			assertThat(client.refresh(pattern)).succeedsWithin(LONG);
			return client.find(pattern);
		}, (found) -> found.size() == instances);
	}

}
