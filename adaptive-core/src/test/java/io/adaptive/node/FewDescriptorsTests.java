package io.adaptive.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is out of file descriptors: it says so, gives up nothing that works, and
 * serves again.
 */
@SlowTest
class FewDescriptorsTests {

	private static final int LIMIT = 160;

	private static final Duration LONG = Duration.ofMinutes(1);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@Test
	void aServerWithoutDescriptorsSaysSoOnceAndKeepsItsConnections() throws IOException {
		List<SocketChannel> sockets = new ArrayList<>();
		try (ChildJvm server = ChildJvm.startWith(List.of("prlimit", "--nofile=" + LIMIT + ":" + LIMIT),
				List.of("-XX:-MaxFDLimit"), FewDescriptorsProgram.class)) {
			int port = Integer.parseInt(server.awaitLine("port ", LONG).text().substring("port ".length()));
			Endpoint.Tcp address = new Endpoint.Tcp("127.0.0.1", port);
			ServiceName echo = new ServiceName("test", "echo");
			AdaptiveNode client = this.nodes.node(Scope.PROCESS);
			Connection connection = client.newClient().connect(address, echo);
			// Classes are loaded from files, too.
			for (int i = 0; i < 20; i++) {
				assertThat(connection.sendRecv("call", String.class)).isEqualTo("answer to call");
			}
			for (int i = 0; i < LIMIT + 20; i++) {
				sockets.add(SocketChannel.open(new InetSocketAddress(address.host(), port)));
			}
			server.awaitLine("connections cannot be accepted", LONG);
			for (int i = 0; i < 20; i++) {
				assertThat(connection.sendRecv("call", String.class)).isEqualTo("answer to call");
			}
			for (SocketChannel socket : sockets) {
				socket.close();
			}
			// The server first accepts the closed ones that wait before this one.
			Awaitility.await().atMost(LONG).ignoreException(ConnectionRefusedException.class).untilAsserted(() -> {
				try (Connection later = client.newClient().connect(address, echo)) {
					assertThat(later.sendRecv("late", String.class)).isEqualTo("answer to late");
				}
			});
			assertThat(server.lines()).map(ChildJvm.Line::text)
				.filteredOn((line) -> line.contains("connections cannot be accepted"))
				.singleElement()
				.asString()
				.contains("maxFileDescriptors=" + LIMIT, "Too many open files");
			assertThat(server.lines()).map(ChildJvm.Line::text).noneMatch((line) -> line.contains("interface gone"));
		}
		finally {
			for (SocketChannel socket : sockets) {
				socket.close();
			}
		}
	}

}
