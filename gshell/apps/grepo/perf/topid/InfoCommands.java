package perf.topid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The output of shell commands, as text for the page.
 */
final class InfoCommands {

	private static final int MAX_BYTES = 64 * 1024;

	private static final long MAX_SECONDS = 10;

	private InfoCommands() {
	}

	/**
	 * Runs commands one after the other, each for 10 s at most, and takes 64 KB of what
	 * each writes at most.
	 */
	static String run(List<String> commands) throws InterruptedException {
		StringBuilder text = new StringBuilder();
		for (String command : commands) {
			text.append("$ ").append(command).append('\n').append(run(command)).append('\n');
		}
		return text.toString();
	}

	private static String run(String command) throws InterruptedException {
		try {
			Process process = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
			try {
				return output.get(MAX_SECONDS, TimeUnit.SECONDS);
			}
			catch (TimeoutException | ExecutionException ex) {
				return "no end within %s s".formatted(MAX_SECONDS);
			}
			finally {
				process.descendants().forEach(ProcessHandle::destroyForcibly);
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

	private static String read(InputStream input) {
		try {
			return new String(input.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
