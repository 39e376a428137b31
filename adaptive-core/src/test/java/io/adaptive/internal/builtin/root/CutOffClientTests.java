package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.fixture.Cable;
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
import io.adaptive.message.ServicePattern;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.spi.Lookup;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client in scope WAN that is cut off from its registry and from the services, and then
 * is not any more.
 */
class CutOffClientTests {

	private static final ServiceName SERVICE = new ServiceName("test", "far");

	private static final ServicePattern PATTERN = ServicePattern.of(SERVICE);

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	private final SocketTransport sockets = new SocketTransport(new Instance(new ProviderId("client"), 1),
			new ForyCodec(), LinkSettings.DEFAULT);

	@TempDir
	private Path directory;

	@AfterEach
	void closeSockets() {
		this.sockets.close();
	}

	@Test
	void itFindsAgainWhatItGaveUpMeanwhile() {
		AdaptiveNode root = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("root"))));
		Endpoint.Tcp registry = root.tcpEndpoint().orElseThrow();
		AdaptiveNode server = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0).registries(List.of(registry)),
				Scope.WAN);
		server.newServer().publish(Service.named(SERVICE).scopes(Scope.WAN));
		AdaptiveNode node = this.nodes.node(Scope.PROCESS);
		try (Cable cable = new Cable(registry); Registries client = scope(node, cable.endpoint())) {
			client.start();
			Lookup.Watch watch = client.watch(PATTERN, () -> {
				// Only to be told.
			});
			Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(client.find(PATTERN)).hasSize(1));
			for (int round = 0; round < 3; round++) {
				cable.cut();
				Awaitility.await().atMost(LONG).until(() -> !client.status().get(0).connected());
				client.unreachable(client.find(PATTERN).get(0));
				assertThat(client.find(PATTERN)).isEmpty();
				cable.mend();
				Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(client.find(PATTERN)).hasSize(1));
			}
			watch.close();
		}
	}

	private Registries scope(AdaptiveNode node, Endpoint.Tcp registry) {
		TcpPort unused = new TcpPort(new Endpoint.Tcp("127.0.0.1", 0), this.sockets, (link) -> {
			throw new ConnectionRefusedException(ErrorCode.NOT_FOUND, "nothing is here");
		});
		return TestRegistries.of(List.of(registry), node.newClient(), unused, this.sockets.ownAddresses(), Relays.NONE);
	}

}
