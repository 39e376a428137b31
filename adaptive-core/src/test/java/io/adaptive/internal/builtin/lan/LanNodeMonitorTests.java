package io.adaptive.internal.builtin.lan;

import java.net.DatagramSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.adaptive.fixture.Cable;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.internal.beacon.Beacon;
import io.adaptive.internal.builtin.lan.LanNodeMonitor.Times;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.LanSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@SlowTest
class LanNodeMonitorTests {

	private static final ServiceName HELLO = new ServiceName("example", "hello");

	private static final ServicePattern PATTERN = ServicePattern.of(HELLO);

	private static final Duration SILENCE = Duration.ofSeconds(4);

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@Test
	void aNodeThatCannotBeFollowedIsShownAgainWhenItIsHeardAfterAClientGaveItUp() throws SocketException {
		LanSettings lan = LanSettings.DEFAULT.port(freePort()).interfaces("lo");
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		server.newServer().publish(Service.named(HELLO).scopes(Scope.LAN));
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		try (Beacon announcing = new Beacon(server.instance(), lan, List.of());
				Beacon beacon = new Beacon(new Instance(new ProviderId("client"), 1), lan, List.of());
				LanNodeMonitor presence = new LanNodeMonitor(beacon, client.newClient())) {
			beacon.setNodeMonitor(presence);
			beacon.watch(PATTERN, () -> {
				// Only to be told.
			});
			announcing.announce(HELLO, server.tcpEndpoint().orElseThrow());
			for (int round = 0; round < 3; round++) {
				Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(beacon.find(PATTERN)).hasSize(1));
				beacon.unreachable(beacon.find(PATTERN).get(0));
			}
			Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(beacon.find(PATTERN)).hasSize(1));
		}
	}

	/**
	 * As when an address of one of them changes: connections that stand are silent, new
	 * ones are not.
	 */
	@Test
	void aNodeWhoseConnectionIsSilentIsConnectedToOnceMoreBeforeItIsLost() throws SocketException {
		LanSettings lan = LanSettings.DEFAULT.port(freePort()).interfaces("lo");
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		Times times = new Times(Duration.ofMillis(20), Duration.ofMillis(1_500), SILENCE);
		try (Beacon announcing = new Beacon(server.instance(), lan, List.of());
				Beacon beacon = new Beacon(new Instance(new ProviderId("client"), 1), lan, List.of());
				LanNodeMonitor presence = new LanNodeMonitor(beacon, client.newClient(), times)) {
			server.newServer().publish(LanRegistry.over(announcing));
			beacon.setNodeMonitor(presence);
			List<Integer> found = new CopyOnWriteArrayList<>();
			beacon.watch(PATTERN, () -> found.add(beacon.find(PATTERN).size()));
			try (Cable cable = new Cable(server.tcpEndpoint().orElseThrow())) {
				announcing.announce(HELLO, cable.endpoint());
				Awaitility.await().atMost(LONG).until(() -> connections(server) >= 1 && found.contains(1));
				cable.silenceStanding();
				Awaitility.await().atMost(LONG).until(() -> cable.connections() == 2);
				// By now the first connection would be over, and the node lost with it.
				Awaitility.await().during(SILENCE).atMost(LONG).until(() -> !found.contains(0));
				cable.cut();
				Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> beacon.find(PATTERN).isEmpty());
			}
		}
	}

	private static int connections(AdaptiveNode server) {
		return server.statistics().traffic().get(Scope.LAN).serverConnections();
	}

	private static int freePort() throws SocketException {
		try (DatagramSocket socket = new DatagramSocket()) {
			return socket.getLocalPort();
		}
	}

}
