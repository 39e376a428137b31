package io.adaptive.gshell.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log whose disk is full.
 */
@SlowTest
class FullDiskLogTests {

	private static final String STARTED = "started";

	@TempDir
	Path folder;

	/**
	 * Runs a program in a mount namespace of its own, with a file system of 128 KB.
	 */
	private List<String> run(Class<?> program) throws IOException, InterruptedException {
		String mount = "mount -t tmpfs -o size=128k none \"$1\" && shift && exec \"$@\"";
		Process process = new ProcessBuilder("unshare", "--mount", "sh", "-c", mount, "sh", this.folder.toString(),
				ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), program.getName(), this.folder.toString())
			.redirectErrorStream(true)
			.start();
		List<String> lines = process.inputReader().lines().toList();
		int status = process.waitFor();
		if (!"required".equals(System.getenv("ADAPTIVE_MOUNTS"))) {
			Assumptions.assumeTrue(status == 0 || lines.contains(STARTED),
					() -> "it takes root and mount namespaces: " + lines);
		}
		assertThat(status).as("%s", lines).isZero();
		return lines;
	}

	@Test
	void theOldestFilesGoThenLinesAreDroppedAndCounted() throws IOException, InterruptedException {
		List<String> lines = run(Program.class);
		assertThat(lines).filteredOn((line) -> line.contains("WARN"))
			.singleElement()
			.asString()
			.contains("lines of a log are dropped")
			.contains("No space left on device");
		assertThat(lines).filteredOn((line) -> !line.contains("WARN"))
			.containsExactly(STARTED, "one file, dropped: true", "counted: true", "end: after space is back",
					"files: filler, log, log.1, log.2, log.3, log.4, log.begin", "older files, dropped: false",
					"end: the last");
	}

	@Test
	void aFirstRotationOnAFullDiskIsWholeAlsoWhereTheLogHasTheLinesOfItsFailure()
			throws IOException, InterruptedException {
		assertThat(run(FirstRotation.class)).filteredOn((line) -> !line.contains("WARN"))
			.containsExactly(STARTED, "oldest: 8192", "kept: as many bytes as numbers", "end: the line",
					"files: filler, log, log.begin", "the next process: the same");
	}

	/**
	 * Fills the disk beside the log, and frees it.
	 */
	static final class Program {

		private static final LogLimits LIMITS = new LogLimits(8192, 5);

		private Program() {
		}

		public static void main(String[] args) throws IOException, InterruptedException {
			System.out.println(STARTED);
			Path folder = Path.of(args[0]);
			try (RotatingLog log = new RotatingLog(folder.resolve("log"), LIMITS)) {
				Path filler = folder.resolve("filler");
				write(log, 20);
				fill(filler);
				write(log, 500);
				long dropped = log.droppedLines();
				System.out.println("one file, dropped: " + (dropped > 100));
				Files.delete(filler);
				line(log, "after space is back");
				System.out
					.println("counted: " + read(log).contains("[%s lines dropped: no space]\n".formatted(dropped)));
				System.out.println("end: " + lastLine(log));
				write(log, 1000);
				fill(filler);
				System.out.println("files: " + files(folder));
				write(log, 500);
				line(log, "the last");
				System.out.println("older files, dropped: " + (log.droppedLines() > 0));
				System.out.println("end: " + lastLine(log));
			}
		}

		private static String lastLine(RotatingLog log) throws IOException, InterruptedException {
			return read(log).lines().reduce((one, other) -> other).orElse("");
		}

		private static void fill(Path file) {
			try (OutputStream stream = Files.newOutputStream(file)) {
				while (true) {
					stream.write(new byte[4096]);
				}
			}
			catch (IOException ex) {
				// Full.
			}
		}

		private static void write(RotatingLog log, int lines) {
			for (int index = 0; index < lines; index++) {
				line(log, "a line of forty-eight characters, about as usual");
			}
		}

		private static void line(RotatingLog log, String text) {
			byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
			log.write(line, 0, line.length);
		}

		private static String read(RotatingLog log) throws IOException, InterruptedException {
			StringBuilder text = new StringBuilder();
			LogReader reader = new LogReader(log, -1, false);
			for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
				text.append(new String(bytes, StandardCharsets.UTF_8));
			}
			return text.toString();
		}

		private static String files(Path folder) throws IOException {
			try (Stream<Path> files = Files.list(folder)) {
				return String.join(", ", files.map((file) -> file.getFileName().toString()).sorted().toList());
			}
		}

	}

	/**
	 * Fills the disk when the first file of a log is full, and writes on.
	 */
	static final class FirstRotation {

		private FirstRotation() {
		}

		public static void main(String[] args) throws IOException, InterruptedException {
			System.out.println(STARTED);
			Path folder = Path.of(args[0]);
			RotatingLog log = new RotatingLog(folder.resolve("log"), Program.LIMITS);
			LogAppender appender = new LogAppender(log);
			appender.start();
			((Logger) LoggerFactory.getLogger(RotatingLog.class.getPackageName())).addAppender(appender);
			Program.line(log, "x".repeat((int) Program.LIMITS.fileBytes() - 1));
			Program.fill(folder.resolve("filler"));
			Program.line(log, "the line");
			System.out.println("oldest: " + log.oldest());
			String kept = Program.read(log);
			System.out
				.println("kept: " + ((kept.length() == log.end() - log.oldest()) ? "as many bytes as numbers" : kept));
			System.out.println("end: " + Program.lastLine(log));
			System.out.println("files: " + Program.files(folder));
			RotatingLog next = new RotatingLog(folder.resolve("log"), Program.LIMITS);
			boolean same = next.oldest() == log.oldest() && next.end() == log.end() && Program.read(next).equals(kept);
			System.out.println("the next process: " + (same ? "the same" : next.oldest() + " to " + next.end()));
		}

	}

}
