package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tries whether a command that starts another one can be used here.
 */
public final class CommandProbe {

	private static final int TIMEOUT_SECONDS = 10;

	private CommandProbe() {
	}

	/**
	 * Runs {@code true} by the command, for 10 s at most.
	 * @param command the command with its arguments
	 * @return the problem; empty if it works
	 */
	public static String problem(List<String> command) {
		List<String> trial = new ArrayList<>(command);
		trial.add("true");
		try {
			Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
			process.getOutputStream().close();
			if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				return "%s does not end".formatted(command.get(0));
			}
			if (process.exitValue() == 0) {
				return "";
			}
			String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			return text.isEmpty() ? "%s has status %s".formatted(command.get(0), process.exitValue())
					: text.lines().findFirst().orElse("");
		}
		catch (IOException ex) {
			return "there is no command %s".formatted(command.get(0));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

}
