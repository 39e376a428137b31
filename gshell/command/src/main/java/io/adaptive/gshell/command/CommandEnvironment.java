package io.adaptive.gshell.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Surroundings of a command.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal whether standard output is a terminal
 * @param colour whether the terminal wants colours
 * @param socketDirectory folder of the sockets of this machine's programs; {@code null}
 * for the usual one
 * @param home folder of the distribution; {@code null} if the command does not run from
 * one
 * @param cache folder for compiled code
 * @param patience longest wait for an answer of the daemon
 */
public record CommandEnvironment(InputStream in, PrintStream out, PrintStream err, boolean terminal, boolean colour,
		@Nullable Path socketDirectory, @Nullable Path home, Path cache, Duration patience) {

	/** Environment variable with the folder of the sockets; Spring Boot reads it, too. */
	public static final String SOCKET_DIRECTORY = "ADAPTIVE_OS_SOCKET_DIRECTORY";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Reads the surroundings of this process. The script {@code bin/gsh} passes
	 * {@code gshell.home} and {@code gshell.terminal}.
	 * @return the surroundings
	 */
	public static CommandEnvironment ofProcess() {
		boolean terminal = Boolean.getBoolean("gshell.terminal");
		return new CommandEnvironment(System.in, System.out, System.err, terminal,
				terminal && System.getenv("NO_COLOR") == null, path(System.getenv(SOCKET_DIRECTORY)),
				path(System.getProperty("gshell.home")), cacheFolder(), PATIENCE);
	}

	private static @Nullable Path path(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : Path.of(text);
	}

	private static Path cacheFolder() {
		Path told = path(System.getenv("XDG_CACHE_HOME"));
		Path base = (told != null && told.isAbsolute()) ? told : userHome().resolve(".cache");
		return base.resolve("gshell");
	}

	/**
	 * Returns the home of the user as shells know it, which is not always that of Java.
	 */
	static Path userHome() {
		Path told = path(System.getenv("HOME"));
		return (told != null && told.isAbsolute()) ? told : Path.of(System.getProperty("user.home"));
	}

}
