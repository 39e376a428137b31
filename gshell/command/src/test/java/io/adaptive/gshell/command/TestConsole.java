package io.adaptive.gshell.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Runs commands in this process.
 */
final class TestConsole {

	private final Path sockets;

	private final boolean terminal;

	private final @Nullable Path home;

	TestConsole(Path sockets, boolean terminal, @Nullable Path home) {
		this.sockets = sockets;
		this.terminal = terminal;
		this.home = home;
	}

	Result run(String... args) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		CommandEnvironment environment = new CommandEnvironment(new ByteArrayInputStream(new byte[0]),
				new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
				this.terminal, this.terminal, this.sockets, this.home, this.sockets.resolve("cache"),
				Duration.ofSeconds(20));
		int status = Gsh.run(environment, args);
		return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	/**
	 * A command that has ended.
	 */
	record Result(int status, String out, String err) {

	}

}
