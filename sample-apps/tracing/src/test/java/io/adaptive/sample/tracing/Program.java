package io.adaptive.sample.tracing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One of the services in a JVM of its own. Closing it ends the process.
 */
final class Program implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final Process process;

	private final List<String> lines = new ArrayList<>();

	private boolean ended;

	private Program(Process process) {
		this.process = process;
		Thread reader = new Thread(this::read, "reader-" + process.pid());
		reader.setDaemon(true);
		reader.start();
	}

	static Program start(String profile, List<String> args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Xmx160m", "-cp", System.getProperty("java.class.path"), TracingApplication.class.getName(),
						"--spring.profiles.active=" + profile));
		command.addAll(args);
		return new Program(new ProcessBuilder(command).redirectErrorStream(true).start());
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				add(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			end();
		}
	}

	private synchronized void add(String line) {
		this.lines.add(line);
		notifyAll();
	}

	private synchronized void end() {
		this.ended = true;
		notifyAll();
	}

	/**
	 * Waits for the first line in which a pattern is found.
	 */
	synchronized Matcher awaitLine(String regex) throws InterruptedException {
		Pattern pattern = Pattern.compile(regex);
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			for (String line : this.lines) {
				Matcher matcher = pattern.matcher(line);
				if (matcher.find()) {
					return matcher;
				}
			}
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			assertThat(!this.ended && left > 0).as("no line with '%s' in %s", regex, this).isTrue();
			wait(left);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	@Override
	public synchronized String toString() {
		return String.join(System.lineSeparator(), this.lines);
	}

}
