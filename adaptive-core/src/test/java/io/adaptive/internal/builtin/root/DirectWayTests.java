package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.scope.wan.Registries;
import io.adaptive.internal.transport.SocketTransport;
import io.adaptive.internal.transport.TcpPort;
import io.adaptive.internal.wire.ForyCodec;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.settings.LeaseTimes;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A relayed node that its registry reaches itself again.
 */
class DirectWayTests {

	private static final ServiceName SERVICE = new ServiceName("test", "relayed");

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final SocketTransport sockets = new SocketTransport(new Instance(new ProviderId("relayed"), 1),
			new ForyCodec(), LinkSettings.DEFAULT);

	private final AtomicBoolean reachable = new AtomicBoolean();

	/** How often the registry tried the direct way. */
	private final AtomicInteger tried = new AtomicInteger();

	@TempDir
	private Path directory;

	@AfterEach
	void closeSockets() {
		this.sockets.close();
	}

	@Test
	void theDirectWayIsTriedLessAndLessOften() {
		AtomicLong now = new AtomicLong();
		DirectWay direct = new DirectWay(now::get, new Random(1));
		assertThat(direct.nanosToTry()).isEqualTo(Long.MAX_VALUE);
		direct.accepted(true);
		for (long seconds : List.of(5, 10, 20, 40, 80, 160, 320, 480, 480)) {
			assertThat(Duration.ofNanos(direct.nanosToTry())).isBetween(Duration.ofMillis(500 * seconds),
					Duration.ofSeconds(seconds));
			now.addAndGet(direct.nanosToTry());
			assertThat(direct.nanosToTry()).isZero();
			direct.refused();
		}
		direct.addressesChanged();
		assertThat(direct.nanosToTry()).isZero();
		direct.refused();
		assertThat(Duration.ofNanos(direct.nanosToTry())).isLessThanOrEqualTo(DirectWay.FIRST);
		// Accepted again with relays, as after a change of the services.
		long left = direct.nanosToTry();
		direct.accepted(true);
		assertThat(direct.nanosToTry()).isEqualTo(left);
		direct.accepted(false);
		assertThat(direct.nanosToTry()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void aRelayedNodeGoesDirectWhenItsAddressesHaveChanged() throws Exception {
		play((scope, registry) -> {
			scope.addressesChanged();
			await().until(() -> this.tried.get() == 2);
			this.reachable.set(true);
			scope.addressesChanged();
			await().until(() -> this.tried.get() == 3);
		});
	}

	@SlowTest
	@Test
	void aRelayedNodeTriesTheDirectWayAgainByItself() throws Exception {
		play((scope, registry) -> {
			await().until(() -> this.tried.get() == 2);
			this.reachable.set(true);
		});
	}

	private void play(Play play) throws Exception {
		AdaptiveNode root = this.nodes.node(Scope.LAN);
		AdaptiveNode gateway = this.nodes.node(Scope.PROCESS);
		RecordingRelays relays = new RecordingRelays(
				new Endpoint.Relayed(new Endpoint.Tcp("127.0.0.1", 1), gateway.instance()));
		TcpPort port = new TcpPort(new Endpoint.Tcp("127.0.0.1", 0), this.sockets, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND, "nothing is here");
		});
		try (RootRegistry registry = new RootRegistry(new RootRegistrySettings(this.directory, LeaseTimes.DEFAULT),
				this::prove, root.instance(), () -> "127.0.0.1", System::nanoTime);
				port;
				Registries scope = TestRegistries.of(List.of(), this.nodes.node(Scope.PROCESS).newClient(), port,
						this.sockets.ownAddresses(), relays)) {
			root.newServer().publish(registry.service().scopes(Scope.LAN));
			Endpoint.Tcp address = root.tcpEndpoint().orElseThrow();
			try (Connection connection = gateway.newClient().connect(address, RootRegistry.SERVICE)) {
				connection.sendRecv(new RegisterNode(2, List.of(), false, List.of(), List.of("test/gateway"),
						ReachabilityToken.random().hex()), NodeRegistered.class);
				scope.start();
				scope.add(List.of(address));
				scope.announce(SERVICE);
				await().until(() -> relays.accepted.size() == 1);
				assertThat(this.tried).hasValue(1);
				assertThat(ports(connection)).containsExactly(1);
				play.run(scope, registry);
				await().untilAsserted(
						() -> assertThat(ports(connection)).containsExactly(port.endpoint().orElseThrow().port()));
				assertThat(scope.status().get(0).registration()).isEqualTo(RootRegistryStatus.Registration.ACCEPTED);
				// The relay stays for those who came by it, and for nobody else.
				assertThat(relays.opened).hasValue(1);
				assertThat(relays.given).isEmpty();
				await().untilAsserted(() -> assertThat(relays.notNeeded).containsExactly(address));
			}
		}
	}

	/**
	 * The ports below 1024 are those of gateways, at which no program of the test
	 * listens.
	 */
	private ReachabilityProbe.Outcome prove(Endpoint.Tcp address, Instance expected,
			@Nullable ReachabilityToken token) {
		if (address.port() < 1024) {
			return ReachabilityProbe.Outcome.REACHED;
		}
		boolean reached = this.reachable.get();
		this.tried.incrementAndGet();
		return reached ? ReachabilityProbe.Outcome.REACHED
				: new ReachabilityProbe.Outcome(ReachabilityProbe.Answer.SILENCE, "nobody answers");
	}

	private static List<Integer> ports(Connection connection) {
		return connection.sendRecv(new QueryServices(SERVICE.publisher(), SERVICE.name(), 0), ServicesFound.class)
			.nodes()
			.stream()
			.flatMap((node) -> node.addresses().stream())
			.map(NodeContact::port)
			.distinct()
			.toList();
	}

	@FunctionalInterface
	private interface Play {

		void run(Registries scope, RootRegistry registry) throws Exception;

	}

	private static final class RecordingRelays implements Relays {

		private final Endpoint.Relayed relay;

		private final List<Endpoint.Relayed> given = new CopyOnWriteArrayList<>();

		private final List<Endpoint.Relayed> accepted = new CopyOnWriteArrayList<>();

		private final List<Endpoint.Tcp> notNeeded = new CopyOnWriteArrayList<>();

		private final AtomicInteger opened = new AtomicInteger();

		RecordingRelays(Endpoint.Relayed relay) {
			this.relay = relay;
		}

		@Override
		public List<Endpoint.Relayed> open(Endpoint.Tcp registry) {
			this.opened.incrementAndGet();
			return List.of(this.relay);
		}

		@Override
		public void accepted(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
			this.accepted.addAll(relays);
		}

		@Override
		public void refused(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
			this.given.addAll(relays);
		}

		@Override
		public void notNeeded(Endpoint.Tcp registry) {
			this.notNeeded.add(registry);
		}

	}

}
