package io.adaptive.network.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The script {@code lab/lab}, which alone knows how a laboratory is made.
 *
 * @param run the name of the laboratory
 */
record LabScript(String run) {

	/** Where the tests run: Maven says, an editor may run them from above. */
	private static final Path PATH = List
		.of(Path.of(System.getProperty("basedir", ""), "lab", "lab"), Path.of("tests", "network", "lab", "lab"))
		.stream()
		.map(Path::toAbsolutePath)
		.filter(Files::exists)
		.findFirst()
		.orElseThrow(() -> new IllegalStateException("The script lab/lab is found from the module's directory only"));

	static Path path() {
		return PATH;
	}

	String call(Object... arguments) {
		Outcome outcome = tryCall(arguments);
		if (outcome.status() != 0) {
			throw new IllegalStateException("lab %s %s: %s".formatted(this.run, List.of(arguments), outcome.output()));
		}
		return outcome.output();
	}

	Outcome tryCall(Object... arguments) {
		try {
			Process process = new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Outcome(process.waitFor(), output.strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	List<String> command(Object... arguments) {
		List<String> command = new ArrayList<>(List.of(PATH.toString(), "-r", this.run));
		for (Object argument : arguments) {
			command.add(argument.toString());
		}
		return command;
	}

	/**
	 * How a call ended.
	 *
	 * @param status the exit status
	 * @param output what it printed, errors too
	 */
	record Outcome(int status, String output) {
	}

}
