package io.adaptive.benchmark.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The hello application in a process of its own.
 */
final class StartedHello implements AutoCloseable {

	private final Process process;

	private final BufferedReader lines;

	private final Writer orders;

	private final long startNanoTime = System.nanoTime();

	private StartedHello(Process process) {
		this.process = process;
		this.lines = process.inputReader(StandardCharsets.UTF_8);
		this.orders = process.outputWriter(StandardCharsets.UTF_8);
	}

	static StartedHello start(String classPath, String... properties) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-cp", classPath, "io.adaptive.benchmark.startup.HelloProgram"));
		command.addAll(Arrays.asList(properties));
		try {
			return new StartedHello(new ProcessBuilder(command).redirectErrorStream(true).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits for a line and returns what follows in it.
	 */
	String after(String text) {
		try {
			List<String> seen = new ArrayList<>();
			for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
				int found = line.indexOf(text);
				if (found >= 0) {
					return line.substring(found + text.length()).strip();
				}
				seen.add(line);
			}
			throw new IllegalStateException("No line with \"%s\" in %s".formatted(text, String.join("\n", seen)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	long millis() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.startNanoTime);
	}

	/**
	 * Lets the application call the service.
	 * @return how long the call took, in microseconds
	 */
	long call() {
		try {
			this.orders.write("call\n");
			this.orders.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Long.parseLong(after("call "));
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			this.process.waitFor(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process.destroyForcibly();
	}

}
