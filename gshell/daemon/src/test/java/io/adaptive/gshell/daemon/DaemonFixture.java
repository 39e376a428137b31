package io.adaptive.gshell.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.adaptive.gshell.command.CommandEnvironment;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.Gsh;

/**
 * A daemon in this process, and commands that ask it.
 */
final class DaemonFixture implements AutoCloseable {

	static final Path APPS = Path.of("../apps/grepo").toAbsolutePath().normalize();

	/** Short, since sockets are in it. */
	private final Path folder;

	private RunningDaemon daemon;

	private DaemonFixture(Path folder) {
		this.folder = folder;
		this.daemon = start(options(folder.resolve("wd")), sockets());
	}

	static DaemonFixture start() throws IOException {
		return new DaemonFixture(Files.createTempDirectory(Path.of("/tmp"), "gsh"));
	}

	static DaemonOptions options(Path workDirectory) {
		return new DaemonOptions(workDirectory, null, null, false, APPS, false, null);
	}

	static RunningDaemon start(DaemonOptions options, Path sockets) {
		return new GshellDaemon(Map.of("adaptive.os.socket-directory", sockets.toString())).start(options);
	}

	Path sockets() {
		return this.folder.resolve("s");
	}

	Path workDirectory() {
		return this.folder.resolve("wd");
	}

	RunningDaemon daemon() {
		return this.daemon;
	}

	/**
	 * Ends the daemon and starts another one. The groups go on.
	 */
	void restart() {
		this.daemon.close();
		this.daemon = start(options(workDirectory()), sockets());
	}

	<T> T bean(Class<T> type) {
		return this.daemon.context().getBean(type);
	}

	Result gsh(String... args) {
		return run(environment(new ByteArrayInputStream(new byte[0]), false), args);
	}

	/**
	 * Runs a command whose output is seen while it runs.
	 */
	Result gsh(ByteArrayOutputStream out, String... args) {
		return run(environment(new ByteArrayInputStream(new byte[0]), false), out, args);
	}

	Result onTerminal(String... args) {
		return run(environment(new ByteArrayInputStream(new byte[0]), true), args);
	}

	Result withInput(InputStream in, String... args) {
		return run(environment(in, false), args);
	}

	private CommandEnvironment environment(InputStream in, boolean terminal) {
		PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
		return new CommandEnvironment(in, none, none, terminal, terminal, sockets(), null, this.folder.resolve("cache"),
				Duration.ofSeconds(60));
	}

	static Result run(CommandEnvironment environment, String... args) {
		return run(environment, new ByteArrayOutputStream(), args);
	}

	private static Result run(CommandEnvironment environment, ByteArrayOutputStream out, String... args) {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		CommandEnvironment captured = new CommandEnvironment(environment.in(),
				new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
				environment.terminal(), environment.colour(), environment.socketDirectory(), environment.home(),
				environment.cache(), environment.patience());
		int status = Gsh.run(captured, args);
		return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	@Override
	public void close() throws IOException {
		this.daemon.close();
		try (Stream<Path> files = Files.walk(this.folder).sorted((one, other) -> other.compareTo(one))) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

	/**
	 * A command that has ended.
	 *
	 * @param status exit status
	 * @param out standard output
	 * @param err standard error
	 */
	record Result(int status, String out, String err) {

		String line() {
			return this.out.strip();
		}

	}

}
