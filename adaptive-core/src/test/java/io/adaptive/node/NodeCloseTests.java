package io.adaptive.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.fixture.LogLines;
import io.adaptive.fixture.OpenResources;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.message.ServiceNotFoundException;
import io.adaptive.message.ServicePattern;
import io.adaptive.server.AdaptiveServer;
import io.adaptive.server.Service;
import io.adaptive.stream.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a node leaves behind when it is closed, and what it refuses afterwards.
 */
class NodeCloseTests {

	private static final ServiceName SERVICE = new ServiceName("test", "work");

	private static final Service LATE = Service.named("test", "late");

	private static final Duration LONG = Duration.ofSeconds(50);

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@RegisterExtension
	private final LogLines log = new LogLines();

	private static Service work() {
		return Service.named(SERVICE).handle(Quick.class, (quick) -> quick);
	}

	private static void awaitNoMoreThan(OpenResources before) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(OpenResources.now()).matches((now) -> now.isWithin(before),
					"no more than " + before));
	}

	private void openAndCloseNodes() {
		// What is opened once for all nodes is open after the first.
		try (AdaptiveNode server = this.nodes.node(Scope.OS, Scope.PROCESS);
				AdaptiveNode client = this.nodes.node(Scope.OS)) {
			server.newServer().publish(work());
			Connection connection = client.newClient().discoverTimeout(LONG).discover(SERVICE);
			assertThat(connection.sendRecv(new Quick(1), Quick.class)).isEqualTo(new Quick(1));
		}
	}

	private void leaveWatchesOpen() {
		AdaptiveNode node = this.nodes.node(Scope.OS, Scope.PROCESS);
		AdaptiveClient client = node.newClient();
		client.watch(ServicePattern.ALL);
		client.watch(ServicePattern.ALL, (event) -> {
		});
		client.changes(ServicePattern.ALL).subscribe();
		node.close();
	}

	@Test
	void watchesEndWithTheirNode() {
		leaveWatchesOpen();
		OpenResources before = OpenResources.now();
		AdaptiveNode other = this.nodes.node(Scope.PROCESS);
		other.newServer().publish(work()).close();
		other.close();
		leaveWatchesOpen();
		awaitNoMoreThan(before);
	}

	@Test
	void aNodeWhoseSocketDirectoryWasRemovedLeavesNothingOpen(@TempDir Path temporary) throws IOException {
		openAndCloseNodes();
		OpenResources before = OpenResources.now();
		Path sockets = temporary.resolve("sockets");
		AdaptiveNode node = this.nodes.node((builder) -> builder.socketDirectory(sockets), Scope.OS);
		node.newServer().publish(work());
		try (Stream<Path> files = Files.walk(sockets)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
		node.close();
		awaitNoMoreThan(before);
	}

	@Test
	void nodesThatWereClosedLeaveNothingOpen() {
		openAndCloseNodes();
		OpenResources before = OpenResources.now();
		for (int i = 0; i < 5; i++) {
			openAndCloseNodes();
		}
		awaitNoMoreThan(before);
	}

	@SlowTest
	@RepeatedTest(20)
	void aNodeThatIsClosedAtOnceLeavesNothingBehind(RepetitionInfo repetition) {
		openAndCloseNodes();
		OpenResources before = OpenResources.now();
		try (AdaptiveNode node = this.nodes.node(Scope.OS)) {
			// At another moment of its start each time.
			long end = System.nanoTime() + Duration.ofMillis(2L * repetition.getCurrentRepetition()).toNanos();
			while (System.nanoTime() < end) {
				assertThat(node.instance()).isNotNull();
			}
		}
		awaitNoMoreThan(before);
		assertThat(this.log.warnings()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "PROCESS", "OS" })
	void aClosedNodeNeitherPublishesNorDiscovers(Scope scope) {
		openAndCloseNodes();
		OpenResources before = OpenResources.now();
		AdaptiveNode other = this.nodes.node(scope);
		other.newServer().publish(work());
		AdaptiveNode third = this.nodes.node(scope);
		this.nodes.connect(third, scope, SERVICE).close();
		AdaptiveNode node = this.nodes.node(scope);
		AdaptiveServer server = node.newServer();
		AdaptiveClient client = node.newClient().discoverTimeout(Duration.ofSeconds(5));
		node.close();
		assertThatIllegalStateException().isThrownBy(() -> server.publish(LATE)).withMessageContaining("closed");
		assertThatIllegalStateException().isThrownBy(() -> node.newServer().publish(LATE))
			.withMessageContaining("closed");
		assertThatExceptionOfType(AdaptiveException.class).isThrownBy(() -> client.discover(SERVICE))
			.withMessageContaining("Closed");
		assertThatExceptionOfType(AdaptiveException.class)
			.isThrownBy(() -> client.lazy(SERVICE).sendRecv(new Quick(1), Quick.class));
		assertThatExceptionOfType(ServiceNotFoundException.class)
			.isThrownBy(() -> other.newClient().discoverTimeout(Duration.ZERO).discover("test", "late"));
		// Open nodes start some of their threads when there is something for them to do.
		third.close();
		other.close();
		awaitNoMoreThan(before);
	}

	@Test
	void aNodeThatCannotStartLeavesNothingRunning(@TempDir Path openToOthers) {
		OpenResources before = OpenResources.now();
		assertThatThrownBy(
				() -> this.nodes.node((builder) -> builder.socketDirectory(openToOthers.resolve("a/b")), Scope.OS))
			.hasMessageContaining("a/b");
		assertThat(OpenResources.now()).matches((now) -> now.isWithin(before), "no more than " + before);
	}

	record Quick(int number) {
	}

}
