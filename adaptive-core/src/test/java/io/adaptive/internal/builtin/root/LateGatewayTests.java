package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node that is relayed by a gateway, and comes to a registry before its gateway does,
 * as after a restart of the registry.
 */
class LateGatewayTests {

	private static final ServiceName SERVICE = new ServiceName("test", "relayed");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final SocketTransport sockets = new SocketTransport(new Instance(new ProviderId("relayed"), 1),
			new ForyCodec(), LinkSettings.DEFAULT);

	@TempDir
	private Path directory;

	@AfterEach
	void closeSockets() {
		this.sockets.close();
	}

	@Test
	void itsRelayIsKeptUntilTheGatewayIsKnown() {
		AdaptiveNode root = this.nodes.node(Scope.LAN);
		AdaptiveNode gateway = this.nodes.node(Scope.PROCESS);
		Endpoint.Relayed relay = new Endpoint.Relayed(new Endpoint.Tcp("127.0.0.1", 1), gateway.instance());
		RecordingRelays relays = new RecordingRelays(relay);
		TcpPort port = new TcpPort(new Endpoint.Tcp("127.0.0.1", 0), this.sockets, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND, "nothing is here");
		});
		// Only the ports that no program listens on are said to be reached.
		ReachabilityProbe probe = (address, expected, token) -> (address.port() < 1024)
				? ReachabilityProbe.Outcome.REACHED
				: new ReachabilityProbe.Outcome(ReachabilityProbe.Answer.SILENCE, "nobody answers");
		try (RootRegistry registry = new RootRegistry(new RootRegistrySettings(this.directory, LeaseTimes.DEFAULT),
				probe, root.instance(), () -> "127.0.0.1", System::nanoTime);
				port;
				Registries scope = TestRegistries.of(List.of(), this.nodes.node(Scope.PROCESS).newClient(), port,
						this.sockets.ownAddresses(), relays)) {
			root.newServer().publish(registry.service().scopes(Scope.LAN));
			scope.start();
			scope.add(List.of(root.tcpEndpoint().orElseThrow()));
			scope.announce(SERVICE);
			// The direct way, and then the gateway that is not known yet, more than once.
			Awaitility.await().atMost(LONG).until(() -> registry.refused() >= 4);
			assertThat(relays.given).isEmpty();
			assertThat(scope.status().get(0).connected()).isTrue();
			try (Connection connection = gateway.newClient()
				.connect(root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE)) {
				connection.sendRecv(new RegisterNode(2, List.of(), false, List.of(), List.of("test/gateway"),
						ReachabilityToken.random().hex()), NodeRegistered.class);
				Awaitility.await()
					.atMost(LONG)
					.untilAsserted(() -> assertThat(scope.status().get(0).registration())
						.isEqualTo(RootRegistryStatus.Registration.ACCEPTED));
			}
			assertThat(relays.given).isEmpty();
			assertThat(relays.opened).isEqualTo(1);
		}
	}

	private static final class RecordingRelays implements Relays {

		private final Endpoint.Relayed relay;

		/** What was given up. */
		private final List<Endpoint.Relayed> given = new CopyOnWriteArrayList<>();

		private volatile int opened;

		RecordingRelays(Endpoint.Relayed relay) {
			this.relay = relay;
		}

		@Override
		public List<Endpoint.Relayed> open(Endpoint.Tcp registry) {
			this.opened++;
			return List.of(this.relay);
		}

		@Override
		public void refused(Endpoint.Tcp registry, List<Endpoint.Relayed> relays) {
			this.given.addAll(relays);
		}

	}

}
