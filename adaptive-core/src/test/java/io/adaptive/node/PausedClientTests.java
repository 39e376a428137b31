package io.adaptive.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.fixture.SlowTest;
import io.adaptive.fixture.TestNodes;
import io.adaptive.message.Scope;
import io.adaptive.node.LastInstanceProgram.Answer;
import io.adaptive.node.LastInstanceProgram.Quick;
import io.adaptive.server.Service;
import io.adaptive.settings.Limits;
import io.adaptive.settings.LinkSettings;
import io.adaptive.settings.RootRegistrySettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that is paused by SIGSTOP for longer than the silence after which it gives a
 * peer up. Its peers have more patience, and say nothing by themselves.
 */
class PausedClientTests {

	/** The time of its own that the client must not take for theirs. */
	private static final Duration PAUSE = PausedClientProgram.DEAD_AFTER.multipliedBy(2);

	private static final LinkSettings PATIENT = new LinkSettings(Limits.DEFAULT, Duration.ofSeconds(10),
			Duration.ofSeconds(60), Duration.ofSeconds(180));

	@RegisterExtension
	private final TestNodes nodes = new TestNodes();

	@TempDir
	private Path directory;

	private final AtomicInteger opened = new AtomicInteger();

	@SlowTest
	@Test
	void itBreaksNoConnectionOffAndForgetsNoInstance() throws InterruptedException {
		Path sockets = this.directory.resolve("s");
		int lan = LanDiscoveryTests.freePort();
		AdaptiveNode root = this.nodes.node((builder) -> builder.listen("127.0.0.1", 0)
			.linkSettings(PATIENT)
			.rootRegistry(new RootRegistrySettings(this.directory.resolve("root"))), Scope.PROCESS);
		AdaptiveNode server = this.nodes.node((builder) -> builder.socketDirectory(sockets)
			.scopes(EnumSet.of(Scope.OS, Scope.LAN, Scope.WAN))
			.lan(PausedClientProgram.lan(lan))
			.listen("127.0.0.1", 0)
			.registries(List.of(root.tcpEndpoint().orElseThrow()))
			.linkSettings(PATIENT));
		server.newServer()
			.publish(Service.named(PausedClientProgram.SERVICE)
				.handle(Quick.class, (quick) -> new Answer("server", quick.number()))
				.onConnect((connection) -> this.opened.incrementAndGet()));
		try (ChildJvm client = ChildJvm.start(PausedClientProgram.class, sockets,
				root.tcpEndpoint().orElseThrow().port(), server.tcpEndpoint().orElseThrow().port(), lan)) {
			client.awaitLine(PausedClientProgram.READY);
			client.tell("1");
			client.awaitLine(PausedClientProgram.CALLED + " 1");
			client.awaitLine("LAN Appeared");
			client.awaitLine("WAN Appeared");
			int before = this.opened.get();
			client.signal("STOP");
			// What is tested is what happens after so long.
			TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
			client.signal("CONT");
			// As long as it would take a silent peer to be given up.
			Awaitility.await()
				.during(PausedClientProgram.DEAD_AFTER.plusSeconds(1))
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(client.lines())
					.noneMatch((line) -> line.text().contains("Gone") || line.text().contains("nothing heard")));
			client.tell("2");
			client.awaitLine(PausedClientProgram.CALLED + " 2");
			assertThat(this.opened).hasValue(before);
			assertThat(client.stop()).isZero();
		}
	}

}
