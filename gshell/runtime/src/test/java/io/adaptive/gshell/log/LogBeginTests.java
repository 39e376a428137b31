package io.adaptive.gshell.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logs whose files cannot be deleted, or whose begin cannot be written: a folder is in
 * the place of the file.
 */
class LogBeginTests {

	private static final LogLimits SMALL = new LogLimits(100, 3);

	@TempDir
	Path folder;

	private RotatingLog open(LogLimits limits) throws IOException {
		return new RotatingLog(path("log"), limits);
	}

	private Path path(String name) {
		return this.folder.resolve(name);
	}

	/**
	 * Moves a file away, and makes a folder in its place.
	 */
	private void block(String name) throws IOException {
		Files.move(path(name), path("kept " + name));
		Files.createDirectories(path(name).resolve("full"));
	}

	private void unblock(String name) throws IOException {
		Files.delete(path(name).resolve("full"));
		Files.delete(path(name));
		Files.move(path("kept " + name), path(name));
	}

	private static void write(RotatingLog log, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		log.write(bytes, 0, bytes.length);
	}

	private static String lines(int from, int to) {
		StringBuilder text = new StringBuilder();
		IntStream.range(from, to).forEach((index) -> text.append("line %03d\n".formatted(index)));
		return text.toString();
	}

	private static String read(RotatingLog log) throws IOException, InterruptedException {
		StringBuilder text = new StringBuilder();
		LogReader reader = new LogReader(log, -1, false);
		for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
			text.append(new String(bytes, StandardCharsets.UTF_8));
		}
		return text.toString();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3 })
	void aFailureIsLoggedOnceAlsoToTheSameLog(int files) throws IOException, InterruptedException {
		Files.createDirectories(path("log.begin").resolve("full"));
		LogLimits limits = new LogLimits(1000, files);
		Logger logger = (Logger) LoggerFactory.getLogger(RotatingLog.class.getPackageName());
		try (RotatingLog log = open(limits)) {
			LogAppender appender = new LogAppender(log);
			appender.start();
			logger.addAppender(appender);
			long end = 0;
			for (int index = 0; index < 1000; index++) {
				write(log, lines(index, index + 1));
				end += 9;
			}
			assertThat(appender.lines()).singleElement().asString().contains("the begin of a log is not kept");
			assertThat(log.end()).isEqualTo(end + appender.lines().get(0).length());
			String text = read(log);
			assertThat(text).hasSize((int) (log.end() - log.oldest())).endsWith(lines(999, 1000));
			assertThat(log.end() - log.oldest()).isGreaterThan(1000L * (files - 1));
		}
		finally {
			logger.detachAndStopAllAppenders();
		}
	}

	@Test
	void aDeletionThatFailsIsCountedOnce() throws IOException, InterruptedException {
		RotatingLog log = open(SMALL);
		write(log, lines(0, 33));
		block("log.2");
		for (int index = 33; index < 50; index++) {
			write(log, lines(index, index + 1));
		}
		assertThat(log.droppedLines()).isEqualTo(17);
		unblock("log.2");
		write(log, "again\n");
		assertThat(log.oldest()).isEqualTo(100);
		try (RotatingLog next = open(SMALL)) {
			assertThat(next.oldest()).isEqualTo(100);
			assertThat(next.end()).isEqualTo(log.end());
			assertThat(read(next)).isEqualTo(read(log)).endsWith("again\n");
		}
	}

	@Test
	void aDeletionThatFailsInALogOfOneFileIsCountedOnce() throws IOException, InterruptedException {
		LogLimits one = new LogLimits(99, 1);
		RotatingLog log = open(one);
		write(log, lines(0, 11));
		block("log");
		for (int index = 11; index < 20; index++) {
			write(log, lines(index, index + 1));
		}
		assertThat(log.droppedLines()).isEqualTo(9);
		unblock("log");
		write(log, "again\n");
		assertThat(log.oldest()).isEqualTo(99);
		try (RotatingLog next = open(one)) {
			assertThat(next.oldest()).isEqualTo(99);
			assertThat(next.end()).isEqualTo(log.end());
			assertThat(read(next)).isEqualTo(read(log)).endsWith("again\n");
		}
	}

	@Test
	void noFileTakesThePlaceOfOneWhoseDeletionIsNotFinished() throws IOException, InterruptedException {
		RotatingLog log = open(SMALL);
		write(log, lines(0, 33));
		block("log.2");
		write(log, "begins the deletion\n");
		unblock("log.2");
		block("log.begin");
		write(log, "deletes\n");
		assertThat(path("log.2")).doesNotExist();
		assertThat(log.oldest()).isEqualTo(100);
		String kept = read(log);
		write(log, lines(33, 90));
		assertThat(read(log)).isEqualTo(kept);
		unblock("log.begin");
		// As after a death of the process.
		try (RotatingLog next = open(SMALL)) {
			assertThat(next.oldest()).isEqualTo(100);
			assertThat(read(next)).isEqualTo(kept);
		}
	}

	@Test
	void aDeletionIsFinishedWhenItCanBeWritten() throws IOException, InterruptedException {
		RotatingLog log = open(SMALL);
		write(log, lines(0, 33));
		block("log.2");
		write(log, "begins the deletion\n");
		unblock("log.2");
		block("log.begin");
		write(log, "deletes\n");
		unblock("log.begin");
		write(log, lines(33, 35));
		assertThat(log.droppedLines()).isZero();
		assertThat(read(log)).endsWith("[2 lines dropped: not written]\n" + lines(33, 35));
		try (RotatingLog next = open(SMALL)) {
			assertThat(next.oldest()).isEqualTo(log.oldest());
			assertThat(next.end()).isEqualTo(log.end());
			assertThat(read(next)).isEqualTo(read(log));
		}
	}

}
