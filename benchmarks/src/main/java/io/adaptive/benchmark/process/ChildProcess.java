package io.adaptive.benchmark.process;

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
 * A process that this one has started, from the same jar and with the same Java.
 */
final class ChildProcess implements AutoCloseable {

	private static final int MEMORY_ACCESS_SINCE = 23;

	private static final long END_SECONDS = 5;

	private final Process process;

	private final BufferedReader answers;

	private final Writer orders;

	private ChildProcess(Process process) {
		this.process = process;
		this.answers = process.inputReader(StandardCharsets.UTF_8);
		this.orders = process.outputWriter(StandardCharsets.UTF_8);
	}

	/**
	 * Starts a process.
	 * @param jvmOptions options of its Java
	 * @param arguments what {@link ChildMain} takes
	 */
	static ChildProcess start(List<String> jvmOptions, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("--enable-native-access=ALL-UNNAMED");
		if (Runtime.version().feature() >= MEMORY_ACCESS_SINCE) {
			command.add("--sun-misc-unsafe-memory-access=allow");
		}
		command.addAll(jvmOptions);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName()));
		command.addAll(Arrays.asList(arguments));
		try {
			return new ChildProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits for the line with which a process begins.
	 */
	List<String> ready() {
		return answer("start");
	}

	/**
	 * Gives an order and waits for the answer.
	 */
	List<String> ask(String order) {
		try {
			this.orders.write(order);
			this.orders.write('\n');
			this.orders.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return answer(order);
	}

	private List<String> answer(String order) {
		try {
			String line = this.answers.readLine();
			while (line != null && !line.startsWith(ChildMain.ANSWER) && !line.startsWith(ChildMain.FAILED)) {
				line = this.answers.readLine();
			}
			if (line == null || line.startsWith(ChildMain.FAILED)) {
				throw new IllegalStateException("No answer to \"%s\": %s".formatted(order, line));
			}
			return Arrays.asList(line.substring(ChildMain.ANSWER.length()).split(" ", -1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.orders.close();
			if (!this.process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
