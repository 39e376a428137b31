package io.adaptive.gshell.apps;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An app started as an ordinary main class.
 *
 * @param status the exit status
 * @param lines standard output and error
 */
record AppProcess(int status, List<String> lines) {

	static AppProcess run(Class<?> app, String... args) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), app.getName()));
		command.addAll(List.of(args));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		List<String> lines = process.inputReader().lines().toList();
		return new AppProcess(process.waitFor(), lines);
	}

	String text() {
		return String.join("\n", this.lines);
	}

}
