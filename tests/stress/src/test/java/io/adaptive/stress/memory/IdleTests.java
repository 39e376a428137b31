package io.adaptive.stress.memory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.adaptive.fixture.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What streams and connections cost that nobody uses. Needs 10,000 file descriptors, and
 * some more.
 */
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!attacks$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=attacks")
class IdleTests {

	private static final int STREAMS = 100_000;

	private static final int CONNECTIONS = 5_000;

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	@TempDir
	Path sockets;

	@Test
	void idleStreamsAndConnectionsAreCheap() {
		try (ChildJvm idle = ChildJvm.start(List.of("-Xmx512m"), IdleProgram.class, this.sockets, STREAMS,
				CONNECTIONS)) {
			long connectionEnd = bytes(idle, IdleProgram.CONNECTION_END);
			long stream = bytes(idle, IdleProgram.STREAM);
			idle.awaitLine(IdleProgram.ALIVE, TIMEOUT);
			System.out
				.printf("idle, all in one JVM with 512 MB of heap: %,d streams, %,d bytes each, both ends together; "
						+ "%,d connections, %,d bytes each end%n", STREAMS, stream, CONNECTIONS, connectionEnd);
			assertThat(stream).isLessThanOrEqualTo(2 * 1024);
			assertThat(connectionEnd).isLessThanOrEqualTo(6 * 1024);
			assertThat(idle.stop()).isZero();
		}
	}

	private static long bytes(ChildJvm idle, String label) {
		return Long.parseLong(idle.awaitLine(label, TIMEOUT).text().substring(label.length()));
	}

}
