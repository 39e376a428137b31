package io.adaptive.gshell.dist;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The distribution in a folder of a test, with a running daemon.
 */
final class Distribution {

	/** For a busy machine. */
	static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Path ZIP = Path.of(System.getProperty("gshell.zip", "target/gshell.zip"));

	private final Path folder;

	private final Path home;

	private final Process daemon;

	Distribution(Path folder) throws Exception {
		this.folder = folder;
		run(List.of("unzip", "-q", ZIP.toAbsolutePath().toString()), 0);
		try (Stream<Path> files = Files.list(folder)) {
			this.home = files.filter((path) -> path.getFileName().toString().startsWith("gshell-"))
				.findFirst()
				.orElseThrow();
		}
		File log = folder.resolve("daemon.out").toFile();
		this.daemon = builder(List.of(program(), "daemon", "--wd", folder.resolve("wd").toString())).redirectOutput(log)
			.start();
		await(() -> Files.readString(log.toPath()), (text) -> text.contains(" runs, process "));
	}

	private String program() {
		return this.home.resolve("bin/gsh").toString();
	}

	Path home() {
		return this.home;
	}

	private ProcessBuilder builder(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile()).redirectErrorStream(true);
		Map<String, String> environment = builder.environment();
		environment.keySet().removeIf((name) -> name.endsWith("_OPTIONS"));
		environment.putAll(Map.of("GSHELL_JAVA", System.getProperty("java.home"), "GSHELL_NOARCHIVE", "1", "HOME",
				this.folder.toString(), "XDG_CACHE_HOME", this.folder.resolve("cache").toString(),
				"ADAPTIVE_OS_SOCKET_DIRECTORY", this.folder.resolve("s").toString()));
		return builder;
	}

	/**
	 * Runs {@code gsh}, and returns its output with its errors.
	 */
	String gsh(int status, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(List.of(program()));
		command.addAll(List.of(arguments));
		return run(command, status);
	}

	private String run(List<String> command, int status) throws Exception {
		Path output = Files.createTempFile(this.folder, "command", ".out");
		Process process = builder(command).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s ends", command).isTrue();
			String text = Files.readString(output);
			assertThat(process.exitValue()).as("%s: %s", command, text).isEqualTo(status);
			return text;
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * The process of a group.
	 */
	ProcessHandle group(String name) {
		String state = this.folder.resolve("wd/groups/" + name).toString();
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().orElse("").contains(state))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No process of the group " + name));
	}

	/**
	 * Reads until the result is the wanted one.
	 */
	static <T> T await(Callable<T> reading, Predicate<T> wanted) throws Exception {
		Instant end = Instant.now().plus(PATIENCE);
		T last = reading.call();
		while (!wanted.test(last)) {
			assertThat(Instant.now()).as("%s", last).isBefore(end);
			TimeUnit.MILLISECONDS.sleep(200);
			last = reading.call();
		}
		return last;
	}

	/** Ends the groups, too, which outlive the daemon. */
	void close() throws InterruptedException {
		this.daemon.destroy();
		this.daemon.waitFor(1, TimeUnit.MINUTES);
		List<ProcessHandle> left = ProcessHandle.allProcesses()
			.filter((process) -> process.info().commandLine().orElse("").contains(this.folder + "/"))
			.toList();
		left.forEach(ProcessHandle::destroyForcibly);
		left.forEach((process) -> process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
	}

}
