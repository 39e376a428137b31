package util.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A shell on the node, with the streams of this app: {@code shell [COMMAND [ARGUMENTS]]}.
 * Without a command it is the shell of the user, else {@code /bin/sh}, which reads
 * commands and prompts for them.
 */
public final class Shell {

	private Shell() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		ProcessBuilder builder = (args.length > 0) ? new ProcessBuilder(args) : new ProcessBuilder(shell(), "-i");
		Process process = builder.start();
		Thread output = copy(process.getInputStream(), System.out, "shell-out");
		Thread errors = copy(process.getErrorStream(), System.err, "shell-err");
		Thread input = new Thread(() -> send(process), "shell-in");
		input.setDaemon(true);
		input.start();
		int status = process.waitFor();
		output.join();
		errors.join();
		System.exit(status);
	}

	private static String shell() {
		String wanted = System.getenv("SHELL");
		return (wanted != null && Files.isExecutable(Path.of(wanted))) ? wanted : "/bin/sh";
	}

	private static Thread copy(InputStream from, OutputStream to, String name) {
		Thread thread = new Thread(() -> {
			try {
				byte[] buffer = new byte[8192];
				for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
					to.write(buffer, 0, count);
					to.flush();
				}
			}
			catch (IOException ex) {
				// The shell or the user has gone.
			}
		}, name);
		thread.start();
		return thread;
	}

	private static void send(Process process) {
		try (OutputStream to = process.getOutputStream()) {
			byte[] buffer = new byte[8192];
			for (int count = System.in.read(buffer); count >= 0; count = System.in.read(buffer)) {
				to.write(buffer, 0, count);
				to.flush();
			}
		}
		catch (IOException ex) {
			// The shell has ended.
		}
	}

}
