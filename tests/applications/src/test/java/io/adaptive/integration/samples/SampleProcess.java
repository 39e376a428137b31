package io.adaptive.integration.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A packaged sample, started as a user starts it. Closing it ends the process.
 */
final class SampleProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final Process process;

	private final List<Line> lines = new ArrayList<>();

	private boolean ended;

	private SampleProcess(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "reader-" + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Starts a sample.
	 * @param jar its packaged program, below {@code sample-apps}
	 * @param args options of the JVM, which begin with {@code -D}, and of the program
	 */
	static SampleProcess start(String jar, List<String> args) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx160m"));
		command.addAll(args.stream().filter((arg) -> arg.startsWith("-D")).toList());
		command.addAll(List.of("-jar", Path.of(System.getProperty("project.root"), "sample-apps", jar).toString()));
		command.addAll(args.stream().filter((arg) -> !arg.startsWith("-D")).toList());
		return new SampleProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				add(new Line(line, System.nanoTime()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			end();
		}
	}

	private synchronized void add(Line line) {
		this.lines.add(line);
		notifyAll();
	}

	private synchronized void end() {
		this.ended = true;
		notifyAll();
	}

	/**
	 * Waits for the first line that contains a text.
	 */
	synchronized Line awaitLine(String text) throws InterruptedException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			for (Line line : this.lines) {
				if (line.text().contains(text)) {
					return line;
				}
			}
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			assertThat(!this.ended && left > 0).as("no line with '%s' in %s", text, this).isTrue();
			wait(left);
		}
	}

	/**
	 * Waits for the end of the process and returns its last line.
	 */
	Line awaitLastLine() throws InterruptedException {
		awaitExit();
		synchronized (this) {
			while (!this.ended) {
				wait();
			}
			return this.lines.get(this.lines.size() - 1);
		}
	}

	int awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("still runs: %s", this).isTrue();
		return this.process.exitValue();
	}

	/**
	 * Asks the process to end, as SIGTERM does.
	 */
	void terminate() {
		// Process.destroy would close the streams too, and with them the last log lines.
		this.process.toHandle().destroy();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	@Override
	public synchronized String toString() {
		return this.lines.stream().map(Line::text).reduce("", (all, line) -> all + System.lineSeparator() + line);
	}

	/**
	 * A line of output.
	 */
	record Line(String text, long nanoTime) {

		Duration since(Line earlier) {
			return Duration.ofNanos(this.nanoTime - earlier.nanoTime);
		}

	}

}
