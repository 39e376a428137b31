package io.adaptive.internal.builtin.root;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Endpoint;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.server.Service;
import io.adaptive.settings.RootRegistrySettings;
import io.adaptive.status.RootRegistryStatus;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that are killed: nodes, and root registries.
 */
class RootRegistryKillTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@RegisterExtension
	final TestNodes nodes = new TestNodes();

	@RegisterExtension
	final LogLines log = new LogLines();

	@TempDir
	Path directory;

	private AdaptiveNode root;

	private Connection connection;

	private void startRoot() {
		this.root = this.nodes
			.node((builder) -> builder.listen("127.0.0.1", 0).rootRegistry(new RootRegistrySettings(this.directory)));
		this.connection = this.nodes.node(Scope.PROCESS)
			.newClient()
			.connect(this.root.tcpEndpoint().orElseThrow(), RootRegistry.SERVICE);
	}

	private ChildJvm startNodes(String... services) {
		List<Object> arguments = new ArrayList<>(List.of(this.root.tcpEndpoint().orElseThrow().port()));
		arguments.addAll(List.of(services));
		return ChildJvm.start(RegisteredProgram.class, arguments.toArray());
	}

	private Set<String> registered() {
		return this.connection.sendRecv(new QueryServices("test", "*", 0), ServicesFound.class)
			.nodes()
			.stream()
			.flatMap((node) -> node.services().stream())
			.collect(Collectors.toSet());
	}

	private void awaitRegistered(Duration atMost, String... services) {
		Awaitility.await()
			.atMost(atMost)
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(() -> assertThat(registered()).containsExactlyInAnyOrder(services));
	}

	@SlowTest
	@Test
	void theServicesOfAKilledProgramAreGoneWithinASecond() {
		startRoot();
		try (ChildJvm one = startNodes("one"); ChildJvm other = startNodes("other")) {
			awaitRegistered(LONG, "test/one", "test/other");
			one.kill();
			awaitRegistered(Duration.ofSeconds(1), "test/other");
			assertThat(other.stop()).isZero();
			awaitRegistered(Duration.ofSeconds(1));
		}
	}

	/**
	 * That all are gone at once looks as if the registry itself were cut off, so it looks
	 * for them first.
	 */
	@SlowTest
	@Test
	void whenAllOfManyAreKilledTogetherTheRegistryFindsOut() {
		startRoot();
		try (ChildJvm all = startNodes("s0", "s1", "s2", "s3", "s4", "s5")) {
			awaitRegistered(LONG, "test/s0", "test/s1", "test/s2", "test/s3", "test/s4", "test/s5");
			all.kill();
			awaitRegistered(Duration.ofSeconds(3));
		}
	}

	@SlowTest
	@Test
	void aKilledRegistryComesBackWithAllItKnewAndAWatcherMissesNothing() {
		int port = Integer.parseInt(RootProgram.freePort());
		List<Endpoint.Tcp> address = List.of(new Endpoint.Tcp("127.0.0.1", port));
		AdaptiveNode server = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0).registries(address));
		server.newServer().publish(Service.named("test", "lasting"));
		AdaptiveNode client = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0).registries(address));
		for (String round : List.of("first", "second", "third")) {
			try (ChildJvm program = ChildJvm.start(RootProgram.class, port, this.directory)) {
				program.awaitLine(RootProgram.UP);
				Awaitility.await()
					.atMost(LONG)
					.until(() -> Stream.of(server, client)
						.flatMap((node) -> node.registries().stream())
						.allMatch(RootRegistryStatus::connected)
							&& server.registries().get(0).registration() == RootRegistryStatus.Registration.ACCEPTED);
				assertThat(client.newClient().discoverTimeout(LONG).discover("test", "lasting").info().peer()).as(round)
					.isEqualTo(server.instance());
				server.newServer().publish(Service.named("test", round));
				assertThat(client.newClient().discoverTimeout(LONG).discover("test", round).info().peer())
					.isEqualTo(server.instance());
				program.kill();
			}
			assertThat(client.newClient().discoverTimeout(LONG).discover("test", "lasting").info().peer())
				.isEqualTo(server.instance());
		}
	}

}
