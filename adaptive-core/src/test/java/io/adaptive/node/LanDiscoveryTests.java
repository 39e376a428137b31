package io.adaptive.node;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.beacon.LanSettings;
import io.adaptive.builtin.LanAnswer;
import io.adaptive.builtin.LanQuery;
import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nodes that know nothing of each other meet on the loopback's broadcast address, on a
 * port of this test's own.
 */
@Timeout(60)
class LanDiscoveryTests {

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final LanSettings lan = LanSettings.DEFAULT.port(freePort()).cards("lo");

	private static int freePort() {
		try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(0))) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private AdaptiveNode lanNode() {
		return this.nodes.node((builder) -> builder.lan(this.lan));
	}

	private static Service hello(String answer) {
		return Service.named("example", "hello").handle(Question.class, (question) -> new Answer(answer));
	}

	private static AdaptiveClient client(AdaptiveNode node, long millis) {
		return node.newClient().discoverTimeout(Duration.ofMillis(millis));
	}

	@Test
	void aServiceIsFoundThatWasPublishedBefore() {
		lanNode().newServer().publish(hello("here"));
		try (Connection connection = client(lanNode(), 5_000).discover("example", "hello")) {
			assertThat(connection.sendRecv(new Question(), Answer.class).text()).isEqualTo("here");
			assertThat(connection.info().scope()).isEqualTo(Scope.LAN);
		}
	}

	@Test
	void aLookWithoutWaitingFindsWhatIsThere() {
		lanNode().newServer().publish(hello("here"));
		client(lanNode(), 0).discover("example", "hello").close();
	}

	record Question() {
	}

	record Answer(String text) {
	}

}
