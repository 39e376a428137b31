package io.adaptive.stress.memory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.adaptive.fixture.ChildJvm;
import io.adaptive.message.Scope;
import io.adaptive.node.AdaptiveNode;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;
import io.adaptive.stress.memory.Flood.Begin;
import io.adaptive.stress.memory.Flood.Chunk;
import io.adaptive.stress.memory.Flood.End;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Four connections with 64 streams each send far more to a slow handler than the memory
 * of its JVM holds.
 */
@EnabledOnOs(OS.LINUX)
class SlowHandlerTests {

	private static final int CONNECTIONS = 4;

	private static final int STREAMS = 64;

	private static final int EACH = 8;

	/** All together 128 MB. */
	private static final int CHUNK_BYTES = 64 * 1024;

	private static final Duration LONG = Duration.ofMinutes(3);

	@TempDir
	Path sockets;

	@Test
	void aServerWithASlowHandlerSurvivesItsSenders() {
		Path directory = this.sockets.resolve("s");
		try (ChildJvm server = ChildJvm.start(List.of("-Xmx64m"), SlowHandlerProgram.class, directory);
				AdaptiveNode node = AdaptiveNode.builder()
					.scopes(EnumSet.of(Scope.OS))
					.socketDirectory(directory)
					.build()) {
			server.awaitLine(SlowHandlerProgram.UP);
			List<CompletableFuture<?>> sent = new ArrayList<>();
			List<Connection> connections = new ArrayList<>();
			Chunk chunk = Chunk.of(1, new byte[CHUNK_BYTES]);
			for (int i = 0; i < CONNECTIONS; i++) {
				Connection connection = node.newClient()
					.discoverTimeout(Duration.ofSeconds(30))
					.discover("stress", "handler");
				connections.add(connection);
				for (int j = 0; j < STREAMS; j++) {
					MessageStream stream = connection.newStream();
					for (int k = 0; k < EACH; k++) {
						sent.add(stream.async().send(chunk));
					}
				}
			}
			Awaitility.await().atMost(LONG).until(() -> handled(connections.get(0)) == sent.size());
			assertThat(sent).allSatisfy((each) -> assertThat(each).isCompleted());
			assertThat(server.stop()).as(server::toString).isZero();
		}
	}

	private static long handled(Connection connection) {
		return connection.sendRecv(new Begin(0), End.class, CallSettings.DEFAULT.timeout(LONG)).pausedMillis();
	}

}
