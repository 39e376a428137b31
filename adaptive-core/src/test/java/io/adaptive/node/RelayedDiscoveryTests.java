package io.adaptive.node;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.beacon.LanSettings;
import io.adaptive.builtin.RootRegistrySettings;
import io.adaptive.builtin.RootRegistryStatus;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceInstance;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;
import io.adaptive.proxy.ReverseProxySettings;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that a root registry cannot reach, since they listen on another address than the
 * one they speak from.
 */
@Timeout(120)
class RelayedDiscoveryTests {

	private static final ServiceName SERVICE = new ServiceName("test", "echo");

	private static final Duration LONG = Duration.ofSeconds(30);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private AdaptiveNode rootAndProxy(int port) {
		return this.nodes.node((builder) -> builder.listen("127.0.0.1", port)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("root")))
			.reverseProxy(ReverseProxySettings.DEFAULT));
	}

	private static AdaptiveNodeBuilder unreachable(AdaptiveNodeBuilder builder, AdaptiveNode root) {
		return builder.listen("127.0.0.2", 0).registries(List.of(root.tcpEndpoint().orElseThrow()));
	}

	private AdaptiveNode client(AdaptiveNode root) {
		return this.nodes.node((builder) -> builder.listen(0).registries(List.of(root.tcpEndpoint().orElseThrow())));
	}

	private static Service echo() {
		return Service.named(SERVICE).handle(Text.class, (text) -> text);
	}

	private static void awaitRegistered(AdaptiveNode node) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(node.registries()).isNotEmpty()
				.allMatch((status) -> status.registration() == RootRegistryStatus.Registration.ACCEPTED));
	}

	private static void assertRelayed(AdaptiveNode client, AdaptiveNode provider, AdaptiveNode by) {
		Connection connection = client.newClient().discoverTimeout(LONG).discover(SERVICE);
		assertThat(connection.info().peer()).isEqualTo(provider.instance());
		assertThat(connection.info().relayedBy()).contains(by.instance());
		assertThat(connection.info().scope()).isEqualTo(Scope.WAN);
		assertThat(connection.sendRecv(new Text("far"), Text.class)).isEqualTo(new Text("far"));
		connection.close();
	}

	@Test
	void theRootRelaysWhomItCannotReach() {
		AdaptiveNode root = rootAndProxy(0);
		AdaptiveNode provider = this.nodes.node((builder) -> unreachable(builder, root));
		assertThat(provider.relayedEndpoint()).as("before it is needed").isEmpty();
		provider.newServer().publish(echo());
		assertRelayed(client(root), provider, root);
		assertThat(this.log.warnings()).as("an error of the node that is relayed")
			.noneMatch((line) -> line.startsWith("ERROR"));
	}

	@Test
	void aGatewayOfTheLocalNetworkIsPreferred() {
		LanSettings lan = LanSettings.DEFAULT.port(LanDiscoveryTests.freePort()).cards("lo");
		AdaptiveNode root = rootAndProxy(0);
		AdaptiveNode gateway = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0)
			.lan(lan)
			.registries(List.of(root.tcpEndpoint().orElseThrow()))
			.reverseProxy(ReverseProxySettings.DEFAULT));
		awaitRegistered(gateway);
		AdaptiveNode provider = this.nodes.node((builder) -> unreachable(builder, root).lan(lan));
		provider.newServer().publish(echo().scopes(Scope.WAN));
		assertRelayed(client(root), provider, gateway);
	}

	@Test
	void aGatewayThatTheRegistryDoesNotKnowIsGivenUpForTheRoot() {
		LanSettings lan = LanSettings.DEFAULT.port(LanDiscoveryTests.freePort()).cards("lo");
		AdaptiveNode root = rootAndProxy(0);
		AdaptiveNode gateway = this.nodes
			.node((builder) -> builder.listen("127.0.0.1", 0).lan(lan).reverseProxy(ReverseProxySettings.DEFAULT));
		AdaptiveNode provider = this.nodes.node((builder) -> unreachable(builder, root).lan(lan));
		provider.newServer().publish(echo().scopes(Scope.WAN));
		assertRelayed(client(root), provider, root);
		assertThat(this.log.warnings()).as("it was tried")
			.anyMatch((line) -> line.contains("reverse proxy " + gateway.instance() + " is not known"));
	}

	@Test
	void afterARestartOfRootAndProxyTheNodeIsFoundThroughItsNewPort() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		AdaptiveNode first = rootAndProxy(port);
		AdaptiveNode provider = this.nodes.node((builder) -> unreachable(builder, first));
		provider.newServer().publish(echo());
		AdaptiveNode client = client(first);
		assertRelayed(client, provider, first);
		first.close();
		AdaptiveNode second = rootAndProxy(port);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(client.newClient().list(ServicePattern.of(SERVICE))).singleElement()
				.extracting(ServiceInstance::endpoints)
				.asInstanceOf(InstanceOfAssertFactories.list(Endpoint.class))
				.singleElement()
				.isEqualTo(provider.relayedEndpoint().orElseThrow()));
		assertRelayed(client, provider, second);
	}

	record Text(String text) {
	}

}
