package io.adaptive.stress.memory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.adaptive.fixture.ChildJvm;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sender that is faster than its reader, each in a JVM with little memory. How much is
 * sent, in gigabytes, says {@code -Dadaptive.memory.gigabytes}, by default 10.
 */
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!attacks$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=attacks")
@EnabledOnOs(OS.LINUX)
class BoundedMemoryTests {

	private static final long GIGABYTES = Long.getLong("adaptive.memory.gigabytes", 10);

	private static final List<String> LITTLE_MEMORY = List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m",
			"-Dio.netty.maxDirectMemory=" + (64 << 20));

	/** Heap and direct memory, and half as much for code, classes and threads. */
	private static final long BOUND = 192 << 20;

	/** Each stream has a thread on both sides. */
	private static final long STACK = 64 << 10;

	private static final Pattern TIMES = Pattern
		.compile("held back (\\d+) ms, reader paused (\\d+) ms, took (\\d+) ms");

	@TempDir
	Path sockets;

	/**
	 * The readers of 512 streams hold a chunk each, which is why those are smaller.
	 */
	@ParameterizedTest(name = "{0} connections with {1} streams")
	@CsvSource({ "1, 1, 65536", "8, 64, 8192" })
	void aFastSenderIsHeldBackAndNeitherSideGrows(int connections, int streams, int size) {
		long all = GIGABYTES * 1_000_000_000 / size;
		long chunks = all / connections / streams;
		Path directory = this.sockets.resolve("s");
		try (ChildJvm reader = ChildJvm.start(LITTLE_MEMORY, SlowReaderProgram.class, directory)) {
			reader.awaitLine(SlowReaderProgram.UP);
			try (ChildJvm sender = ChildJvm.start(LITTLE_MEMORY, FastSenderProgram.class, directory, chunks, size,
					connections, streams)) {
				ChildJvm.Line done = sender.awaitLine(FastSenderProgram.DONE, Duration.ofMinutes(2 * GIGABYTES + 2));
				long senderPeak = ProcessMemory.peak(sender.pid());
				long readerPeak = ProcessMemory.peak(reader.pid());
				Matcher times = TIMES.matcher(done.text());
				assertThat(times.find()).isTrue();
				System.out.printf(
						"bounded memory: %d GB in %,d messages on %d streams of %d connections in %.0f s; reader paused %.0f s, sender held back %.0f s; "
								+ "peak resident: sender %d MB, reader %d MB%n",
						GIGABYTES, all, streams, connections, seconds(times, 3), seconds(times, 2), seconds(times, 1),
						senderPeak >> 20, readerPeak >> 20);
				assertThat(seconds(times, 1)).as("held back").isGreaterThan(seconds(times, 2) / 2);
				long bound = BOUND + connections * streams * STACK;
				assertThat(senderPeak).as("sender").isLessThan(bound);
				assertThat(readerPeak).as("reader").isLessThan(bound);
				assertThat(sender.stop()).as(sender::toString).isZero();
			}
			assertThat(reader.stop()).as(reader::toString).isZero();
		}
	}

	private static double seconds(Matcher times, int group) {
		return Long.parseLong(times.group(group)) / 1e3;
	}

}
