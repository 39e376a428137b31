package io.adaptive.internal.builtin.root;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.node.AdaptiveNodeBuilder;
import io.adaptive.server.Publication;
import io.adaptive.server.Service;
import io.adaptive.settings.ReverseProxySettings;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes that find each other by root registries, over real sockets.
 */
class RootRegistryTests {

	private static final ServiceName ECHO = new ServiceName("test", "echo");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private AdaptiveNode root(String directory, int port) {
		return this.nodes.node((builder) -> builder.listen("127.0.0.1", port)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve(directory))));
	}

	private AdaptiveNode node(AdaptiveNode... roots) {
		return node(List.of(roots).stream().map((root) -> root.tcpEndpoint().orElseThrow()).toList());
	}

	private AdaptiveNode node(List<Endpoint.Tcp> roots) {
		return this.nodes.node((builder) -> onLoopback(builder).registries(roots));
	}

	private static AdaptiveNodeBuilder onLoopback(AdaptiveNodeBuilder builder) {
		return builder.listen("127.0.0.1", 0);
	}

	private static Service echo() {
		return Service.named(ECHO).handle(Text.class, (text) -> text);
	}

	private static void awaitRegistered(AdaptiveNode node) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(node.registries()).isNotEmpty()
				.allMatch((status) -> status.registration() == RootRegistryStatus.Registration.ACCEPTED));
	}

	private static AdaptiveClient client(AdaptiveNode node) {
		return node.newClient().discoverTimeout(LONG);
	}

	@Test
	void aServiceIsFoundThroughTheRegistryAndAnswers() {
		AdaptiveNode root = root("root", 0);
		AdaptiveNode server = node(root);
		AdaptiveNode client = node(root);
		assertThat(server.scopes()).contains(Scope.WAN);
		server.newServer().publish(echo());
		Connection connection = client(client).discover(ECHO);
		assertThat(connection.info().scope()).isEqualTo(Scope.WAN);
		assertThat(connection.info().peer()).isEqualTo(server.instance());
		assertThat(connection.sendRecv(new Text("far"), Text.class)).isEqualTo(new Text("far"));
		// A busy machine answers late.
		assertThat(this.log.warnings())
			.filteredOn((line) -> !line.contains("not answer") && !line.contains("no answer"))
			.isEmpty();
	}

	@Test
	void aClientThatWaitsIsToldWhenTheServiceAppears() {
		AdaptiveNode root = root("root", 0);
		AdaptiveNode client = node(root);
		CompletableFuture<Connection> found = CompletableFuture.supplyAsync(() -> client(client).discover(ECHO));
		AdaptiveNode server = node(root);
		Publication publication = server.newServer().publish(echo());
		assertThat(found).succeedsWithin(LONG)
			.satisfies((connection) -> assertThat(connection.info().peer()).isEqualTo(server.instance()));
		publication.close();
		Connection registry = client.newClient().connect(root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(
					() -> assertThat(registry.sendRecv(new QueryServices("test", "*", 0), ServicesFound.class).nodes())
						.isEmpty());
	}

	@Test
	void aNodeRegistersWithEveryRegistryAndFindsWhatAnyOfThemKnows() {
		AdaptiveNode one = root("one", 0);
		AdaptiveNode other = root("other", 0);
		AdaptiveNode both = node(one, other);
		both.newServer().publish(echo());
		awaitRegistered(both);
		assertThat(client(node(one)).discover(ECHO).info().peer()).isEqualTo(both.instance());
		assertThat(client(node(other)).discover(ECHO).info().peer()).isEqualTo(both.instance());
		AdaptiveNode second = node(other);
		second.newServer().publish(Service.named("test", "second"));
		assertThat(client(node(one, other)).discover("test", "second").info().peer()).isEqualTo(second.instance());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Test
	void aRegistryThatAppearsLateIsFoundAndTheLogSaysOnceWhatIsWrong() throws IOException {
		int port = freePort();
		List<Endpoint.Tcp> address = List.of(new Endpoint.Tcp("127.0.0.1", port));
		AdaptiveNode server = node(address);
		server.newServer().publish(echo());
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(server.registries()).singleElement()
				.satisfies((status) -> assertThat(status.lastError()).contains("Connection refused")));
		assertThat(server.registries().get(0).connected()).isFalse();
		assertThat(server.registries().get(0).registration()).isEqualTo(RootRegistryStatus.Registration.PENDING);
		root("late", port);
		awaitRegistered(server);
		assertThat(client(node(address)).discover(ECHO).info().peer()).isEqualTo(server.instance());
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.contains("root registry not reached")
			.contains("tcp:127.0.0.1:" + port);
	}

	@Test
	void whoCanConnectToARegistryFindsIt() throws Exception {
		AdaptiveClient client = client(this.nodes.node(Scope.PROCESS));
		for (int round = 0; round < 10; round++) {
			boolean gateway = round % 2 == 1;
			String directory = "round" + round;
			Endpoint.Tcp endpoint = new Endpoint.Tcp("127.0.0.1", freePort());
			List<CompletableFuture<Set<String>>> dialling = Stream
				.generate(() -> CompletableFuture.supplyAsync(() -> failuresUntilConnected(client, endpoint)))
				.limit(4)
				.toList();
			this.nodes.node((builder) -> (gateway ? builder.reverseProxy(ReverseProxySettings.DEFAULT) : builder)
				.listen(endpoint.host(), endpoint.port())
				.rootRegistry(new RootRegistrySettings(this.directory.resolve(directory))));
			for (CompletableFuture<Set<String>> each : dialling) {
				assertThat(each.get(10, TimeUnit.MINUTES)).noneMatch((failure) -> failure.contains("is not published"));
			}
		}
		assertThat(this.log.warnings()).noneMatch((line) -> line.contains("is not published"));
	}

	private static Set<String> failuresUntilConnected(AdaptiveClient client, Endpoint endpoint) {
		Set<String> failures = new HashSet<>();
		for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5); System.nanoTime() < end;) {
			try {
				client.connect(endpoint, RootRegistry.SERVICE).close();
				return failures;
			}
			catch (AdaptiveException ex) {
				failures.add(String.valueOf(ex.getMessage()));
			}
		}
		throw new AssertionError("Not connected: " + failures);
	}

	@Test
	void afterARestartOfTheRegistryEverythingIsThereAgainAndNothingWasLostMeanwhile() {
		for (String directory : List.of("again", "elsewhere")) {
			AdaptiveNode root = root("again", 0);
			int port = root.tcpEndpoint().orElseThrow().port();
			AdaptiveNode server = node(root);
			server.newServer().publish(echo());
			AdaptiveNode client = node(root);
			assertThat(client(client).discover(ECHO).info().peer()).isEqualTo(server.instance());
			root.close();
			Awaitility.await().atMost(LONG).until(() -> !client.registries().get(0).connected());
			assertThat(client(client).discover(ECHO).info().peer()).isEqualTo(server.instance());
			AdaptiveNode restarted = root(directory, port);
			awaitRegistered(server);
			Awaitility.await().atMost(LONG).until(() -> client.registries().get(0).connected());
			assertThat(client(client).discover(ECHO).info().peer()).isEqualTo(server.instance());
			server.close();
			restarted.close();
		}
	}

	@Test
	void aRegistryThatLeavesIsLoggedAsLostWithItsScope() {
		AdaptiveNode root = root("leaving", 0);
		AdaptiveNode client = node(root);
		client.newServer().publish(echo());
		awaitRegistered(client);
		root.close();
		Awaitility.await().atMost(LONG).until(() -> !client.registries().get(0).connected());
		client.close();
		assertThat(this.log.warnings()).singleElement()
			.asString()
			.startsWith("WARN")
			.contains("root registry lost")
			.contains("scope=WAN")
			.contains("reason=\"root registry of scope WAN: ");
	}

	@Test
	void aRootThatIsItsOwnRegistryFindsItselfAtOnce() throws IOException {
		int port;
		try (ServerSocket free = new ServerSocket(0)) {
			port = free.getLocalPort();
		}
		AdaptiveNode root = this.nodes.node((builder) -> builder.listen("127.0.0.1", port)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("own")))
			.registries(List.of(new Endpoint.Tcp("127.0.0.1", port))));
		root.newServer().publish(echo());
		awaitRegistered(root);
		assertThat(this.log.warnings()).isEmpty();
	}

	@SlowTest
	@Test
	void whoCannotBeReachedIsRefusedWithWhatWasTriedAndTheNextStep() {
		AdaptiveNode root = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("root")).withoutRelaying()));
		AdaptiveNode other = this.nodes
			.node((builder) -> builder.listen("127.0.0.2", 0).registries(List.of(root.tcpEndpoint().orElseThrow())));
		other.newServer().publish(echo());
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(other.registries()).singleElement()
				.satisfies((status) -> assertThat(status.registration())
					.isEqualTo(RootRegistryStatus.Registration.REFUSED)));
		int port = other.tcpEndpoint().orElseThrow().port();
		assertThat(other.registries().get(0).refusal()).contains("cannot reach node " + other.instance())
			.contains("tcp:127.0.0.1:" + port)
			.contains("Connection refused")
			.contains("reverse proxy");
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.log.warnings()).filteredOn((line) -> line.startsWith("ERROR"))
				.singleElement()
				.asString()
				.contains("registration refused")
				.contains("tcp:127.0.0.1:" + port));
		assertThat(this.log.warnings()).noneMatch((line) -> line.contains("registry not reached"));
	}

	@Test
	void closingANodeTakesItsServicesBackAtOnce() {
		AdaptiveNode root = root("root", 0);
		AdaptiveNode server = node(root);
		server.newServer().publish(echo());
		awaitRegistered(server);
		AdaptiveNode client = node(root);
		Connection connection = client.newClient().connect(root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE);
		assertThat(connection.sendRecv(new QueryServices("*", "*", 0), ServicesFound.class).nodes()).singleElement()
			.satisfies((node) -> assertThat(node.services()).containsExactlyInAnyOrder("test/echo",
					"builtin/messageTracing", "builtin/IPObserver"));
		server.close();
		assertThat(connection.sendRecv(new QueryServices("*", "*", 0), ServicesFound.class).nodes()).isEmpty();
	}

	@Test
	void theRegistryAndTheProofAreNotRegisteredThemselves() {
		AdaptiveNode root = root("root", 0);
		AdaptiveNode server = node(root);
		server.newServer().publish(Service.named("test", "near").scopes(Scope.LAN));
		server.newServer().publish(Service.named("test", "far").scopes(Scope.WAN));
		awaitRegistered(server);
		Connection connection = server.newClient().connect(root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE);
		Set<String> all = connection.sendRecv(new QueryServices("*", "*", 0), ServicesFound.class)
			.nodes()
			.stream()
			.flatMap((node) -> node.services().stream())
			.collect(Collectors.toSet());
		assertThat(all).containsExactlyInAnyOrder("test/far", "builtin/messageTracing", "builtin/IPObserver");
	}

	record Text(String text) {
	}

}
