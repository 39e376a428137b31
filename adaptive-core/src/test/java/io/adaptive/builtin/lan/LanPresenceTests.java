package io.adaptive.builtin.lan;

import java.net.DatagramSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;

import io.adaptive.beacon.Beacon;
import io.adaptive.beacon.LanSettings;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class LanPresenceTests {

	private static final ServiceName HELLO = new ServiceName("example", "hello");

	private static final ServicePattern PATTERN = ServicePattern.of(HELLO);

	private static final Duration LONG = Duration.ofSeconds(20);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@Test
	void aNodeThatCannotBeFollowedIsShownAgainWhenItIsHeardAfterAClientGaveItUp() throws SocketException {
		LanSettings lan = LanSettings.DEFAULT.port(freePort()).cards("lo");
		AdaptiveNode server = this.nodes.node(Scope.LAN);
		server.newServer().publish(Service.named(HELLO).scopes(Scope.LAN));
		AdaptiveNode client = this.nodes.node(Scope.PROCESS);
		try (Beacon announcing = new Beacon(server.instance(), lan, List.of());
				Beacon beacon = new Beacon(new Instance(new ProviderId("client"), 1), lan, List.of());
				LanPresence presence = new LanPresence(beacon, client.newClient())) {
			beacon.setPresence(presence);
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

	private static int freePort() throws SocketException {
		try (DatagramSocket socket = new DatagramSocket()) {
			return socket.getLocalPort();
		}
	}

}
