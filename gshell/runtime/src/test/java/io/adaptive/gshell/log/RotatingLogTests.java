package io.adaptive.gshell.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.adaptive.gshell.log.LogFiles.Renaming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RotatingLogTests {

	private static final LogLimits SMALL = new LogLimits(100, 3);

	@TempDir
	Path folder;

	private RotatingLog open(LogLimits limits) throws IOException {
		return new RotatingLog(this.folder.resolve("log"), limits);
	}

	private static void write(RotatingLog log, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		log.write(bytes, 0, bytes.length);
	}

	private static String read(RotatingLog log, int lines) throws IOException, InterruptedException {
		return rest(new LogReader(log, lines, false));
	}

	private static String rest(LogReader reader) throws IOException, InterruptedException {
		StringBuilder text = new StringBuilder();
		for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
			text.append(new String(bytes, StandardCharsets.UTF_8));
		}
		return text.toString();
	}

	private static String lines(int from, int to) {
		StringBuilder text = new StringBuilder();
		IntStream.range(from, to).forEach((index) -> text.append("line %03d\n".formatted(index)));
		return text.toString();
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void filesRotateAndTheOldestGoes() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			write(log, lines(0, 40));
			assertThat(files()).containsExactly("log", "log.1", "log.2", "log.begin");
			assertThat(Files.size(this.folder.resolve("log.1"))).isEqualTo(100);
			assertThat(read(log, -1)).isEqualTo(lines(0, 40).substring(100));
			assertThat(read(log, 3)).isEqualTo(lines(37, 40));
			assertThat(read(log, 20)).isEqualTo(lines(20, 40));
			assertThat(read(log, 0)).isEmpty();
		}
	}

	@Test
	void aFailureOtherThanAFullDiskDeletesNoOlderFile() throws IOException {
		try (RotatingLog log = open(SMALL)) {
			write(log, lines(0, 25));
		}
		Path current = this.folder.resolve("log");
		Files.delete(current);
		Files.createDirectory(current);
		try (RotatingLog log = open(new LogLimits(1 << 20, 3))) {
			write(log, lines(25, 26));
			assertThat(log.droppedLines()).isOne();
			assertThat(files()).containsExactly("log", "log.1", "log.2", "log.begin");
		}
	}

	@Test
	void aRenamingThatFailsLeavesTheOrderOfTheFiles() throws IOException, InterruptedException {
		List<String> failing = new ArrayList<>();
		Renaming renaming = (from, to) -> {
			if (failing.remove(from.getFileName().toString())) {
				throw new IOException("not now");
			}
			Renaming.ATOMIC.rename(from, to);
		};
		try (RotatingLog log = new RotatingLog(this.folder.resolve("log"), new LogLimits(90, 9), renaming)) {
			write(log, lines(0, 30));
			failing.add("log.1");
			write(log, "lost 001\n");
			// Between two renamings.
			assertThat(files()).containsExactly("log", "log.1", "log.3", "log.begin");
			assertThat(read(log, -1)).isEqualTo(lines(0, 30));
			// For the line about the first failure, and for the second line.
			failing.addAll(List.of("log", "log"));
			write(log, "lost 002\n");
			assertThat(read(log, -1)).isEqualTo(lines(0, 30));
			write(log, lines(30, 60));
			assertThat(failing).isEmpty();
			String all = lines(0, 30) + "[2 lines dropped: not written]\n" + lines(30, 60);
			assertThat(read(log, -1)).isEqualTo(all);
			assertThat(files()).containsExactly("log", "log.1", "log.2", "log.3", "log.4", "log.5", "log.6",
					"log.begin");
		}
		try (RotatingLog log = open(new LogLimits(90, 9))) {
			assertThat(read(log, -1)).startsWith(lines(0, 30)).endsWith(lines(30, 60));
		}
	}

	@Test
	void theLastLineMayBeIncomplete() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			write(log, "one\ntwo\nthr");
			assertThat(read(log, 1)).isEqualTo("thr");
			assertThat(read(log, 2)).isEqualTo("two\nthr");
		}
	}

	@Test
	void aLogIsGoneOnWith() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			write(log, lines(0, 15));
		}
		try (RotatingLog log = open(SMALL)) {
			write(log, lines(15, 20));
			assertThat(read(log, -1)).isEqualTo(lines(0, 20));
		}
	}

	@Test
	void aReaderFollowsAcrossRotationUntilTheEnd() throws IOException {
		RotatingLog log = open(new LogLimits(100, 50));
		write(log, lines(0, 5));
		LogReader reader = new LogReader(log, 2, true);
		CompletableFuture<String> all = CompletableFuture.supplyAsync(() -> {
			try {
				return rest(reader);
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		for (int index = 5; index < 200; index++) {
			write(log, lines(index, index + 1));
		}
		log.close();
		assertThat(all).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(lines(3, 200));
	}

	@Test
	void aReaderThatIsTooSlowIsToldOfTheGap() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			write(log, lines(0, 5));
			LogReader reader = new LogReader(log, -1, true);
			write(log, lines(5, 50));
			assertThat(new String(reader.read(), StandardCharsets.UTF_8))
				.isEqualTo("[%s bytes have been deleted]\n".formatted(200));
			assertThat(new String(reader.read(), StandardCharsets.UTF_8)).startsWith(lines(22, 23).substring(2));
		}
	}

	@Test
	void aReaderGoesOnInALogThatIsOpenedAgain() throws IOException, InterruptedException {
		long position;
		try (RotatingLog log = open(new LogLimits(100, 3))) {
			write(log, lines(0, 40));
			LogReader reader = new LogReader(log, 5, true);
			assertThat(new String(reader.read(), StandardCharsets.UTF_8)).isEqualTo(lines(35, 40));
			position = reader.position();
			write(log, lines(40, 42));
		}
		RotatingLog log = open(new LogLimits(100, 3));
		LogReader reader = LogReader.resume(log, position);
		write(log, lines(42, 45));
		log.close();
		assertThat(rest(reader)).isEqualTo(lines(40, 45));
	}

	@Test
	void aReaderThatGoesOnAfterARotationIsToldOfTheGapOnALineOfItsOwn() throws IOException, InterruptedException {
		long position;
		try (RotatingLog log = open(SMALL)) {
			write(log, "partial");
			LogReader reader = new LogReader(log, -1, true);
			assertThat(reader.read()).hasSize(7);
			position = reader.position();
			write(log, "\n" + lines(0, 50).substring(8));
		}
		RotatingLog log = open(SMALL);
		LogReader reader = LogReader.resume(log, position);
		write(log, lines(50, 52));
		log.close();
		assertThat(rest(reader))
			.isEqualTo("\n[%s bytes have been deleted]\n".formatted(200 - 7) + lines(0, 52).substring(200));
	}

	@Test
	void aGapWithinALineBeginsANewOne() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			write(log, "begin");
			LogReader reader = new LogReader(log, -1, true);
			assertThat(reader.read()).hasSize(5);
			write(log, lines(0, 50));
			assertThat(new String(reader.read(), StandardCharsets.UTF_8))
				.isEqualTo("\n[195 bytes have been deleted]\n");
		}
	}

	@Test
	void aLogOfOneFileKeepsItsNumbers() throws IOException, InterruptedException {
		LogLimits one = new LogLimits(100, 1);
		try (RotatingLog log = open(one)) {
			write(log, lines(0, 50));
		}
		try (RotatingLog log = open(one)) {
			assertThat(log.oldest()).isEqualTo(400);
			assertThat(log.end()).isEqualTo(450);
			assertThat(read(log, -1)).isEqualTo(lines(0, 50).substring(400));
		}
	}

	@Test
	void aDeletionAndARotationThatWereBegunAreFinished() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			write(log, lines(0, 30));
		}
		// Killed before the oldest file was deleted, which is the second.
		Files.writeString(this.folder.resolve("log.begin"), "0000000000000000100 02\n");
		try (RotatingLog log = open(SMALL)) {
			assertThat(read(log, -1)).isEqualTo(lines(0, 30).substring(100));
			assertThat(log.oldest()).isEqualTo(100);
		}
		// Killed after it was deleted, and after the other file was renamed.
		Files.writeString(this.folder.resolve("log.begin"), "0000000000000000100 -1\n");
		Files.move(this.folder.resolve("log.1"), this.folder.resolve("log.2"));
		try (RotatingLog log = open(SMALL)) {
			assertThat(read(log, -1)).isEqualTo(lines(0, 30).substring(100));
			write(log, lines(30, 50));
			assertThat(log.oldest()).isEqualTo(200);
			assertThat(read(log, -1)).isEqualTo(lines(0, 50).substring(200));
		}
	}

	/**
	 * Files of whole lines: readers begin at the end of a file more often.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 100, 27 })
	void lastLinesAreFoundWhileTheLogRotates(int fileBytes) throws IOException, InterruptedException {
		try (RotatingLog log = open(new LogLimits(fileBytes, 3))) {
			write(log, lines(0, 30));
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> IntStream.range(0, 50_000)
				.forEach((index) -> write(log, lines(index % 1000, index % 1000 + 1))));
			int reads = 0;
			do {
				assertThat(read(log, 2)).as("read %s", reads++)
					.matches("(line \\d+\n){2}|(?s).*\\[\\d+ bytes have been deleted\\]\n.*");
				assertThat(read(log, -1)).isNotEmpty();
			}
			while (!writer.isDone());
			System.out.println("reads while the log rotates: " + reads);
			writer.join();
		}
	}

	@Test
	void closingAReaderEndsItsWait() throws IOException {
		try (RotatingLog log = open(SMALL)) {
			LogReader reader = new LogReader(log, 0, true);
			CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
				try {
					return reader.read() == null;
				}
				catch (IOException | InterruptedException ex) {
					return false;
				}
			});
			reader.close();
			assertThat(ended).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
		}
	}

	@Test
	void aWriterThatIsInterruptedWritesOn() throws IOException, InterruptedException {
		try (RotatingLog log = open(SMALL)) {
			Thread.currentThread().interrupt();
			write(log, "one\n");
			assertThat(Thread.interrupted()).isTrue();
			write(log, "two\n");
			assertThat(read(log, -1)).isEqualTo("one\ntwo\n");
		}
	}

}
