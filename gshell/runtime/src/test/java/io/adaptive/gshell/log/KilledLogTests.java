package io.adaptive.gshell.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log whose writing process is killed while files rotate: each byte keeps its number.
 */
@SlowTest
class KilledLogTests {

	private static final LogLimits LIMITS = new LogLimits(100, 3);

	private static final int KILLS = Integer.getInteger("gshell.log.kills", 12);

	@TempDir
	private Path folder;

	/**
	 * The text of a log that has a line of 16 bytes for each number.
	 */
	private static byte[] text(long from, int length) {
		StringBuilder lines = new StringBuilder();
		for (long line = from / 16; line * 16 < from + length; line++) {
			lines.append(String.valueOf(1_000_000_000_000_000L + line), 1, 16).append('\n');
		}
		int begin = (int) (from % 16);
		return lines.substring(begin, begin + length).getBytes(StandardCharsets.US_ASCII);
	}

	@Test
	void eachByteHasItsNumberInTheNextProcess() throws IOException, InterruptedException {
		long seed = Long.getLong("gshell.log.seed", System.nanoTime());
		Random random = new Random(seed);
		System.out.println("seed " + seed);
		long last = 0;
		for (int kill = 0; kill < KILLS; kill++) {
			writeAndKill(random.nextInt(100_000));
			RotatingLog log = new RotatingLog(this.folder.resolve("log"), LIMITS);
			assertThat(log.end()).as("seed %s", seed).isGreaterThan(last);
			LogReader reader = LogReader.resume(log, last);
			log.close();
			check(reader, last, seed);
			last = log.end();
		}
		System.out.println("bytes: " + last);
	}

	/**
	 * Reads a gap at most, and then all that is there.
	 */
	private static void check(LogReader reader, long from, long seed) throws IOException, InterruptedException {
		long expected = from;
		for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
			String text = new String(bytes, StandardCharsets.US_ASCII);
			if (text.stripLeading().startsWith("[")) {
				assertThat(expected).isEqualTo(from);
				expected += Long.parseLong(text.replaceAll("\\D", ""));
			}
			else {
				assertThat(text).as("seed %s, byte %s", seed, expected)
					.isEqualTo(new String(text(expected, bytes.length), StandardCharsets.US_ASCII));
				expected += bytes.length;
			}
			assertThat(reader.position()).isEqualTo(expected);
		}
	}

	private void writeAndKill(int micros) throws IOException, InterruptedException {
		Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Writer.class.getName(),
				this.folder.resolve("log").toString())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		try (BufferedReader ready = writer.inputReader()) {
			assertThat(ready.readLine()).isEqualTo("ready");
			TimeUnit.MICROSECONDS.sleep(micros);
		}
		finally {
			writer.destroyForcibly().waitFor();
		}
	}

	/**
	 * Writes for ever.
	 */
	static final class Writer {

		private Writer() {
		}

		public static void main(String[] args) throws IOException {
			try (RotatingLog log = new RotatingLog(Path.of(args[0]), LIMITS)) {
				boolean ready = false;
				while (true) {
					byte[] bytes = text(log.end(), 7);
					log.write(bytes, 0, bytes.length);
					if (!ready) {
						System.out.println("ready");
						ready = true;
					}
				}
			}
		}

	}

}
