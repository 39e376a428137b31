package io.adaptive.gshell.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The script of the distribution, with programs in place of Java that print what they are
 * told.
 */
@EnabledOnOs(OS.LINUX)
class GshScriptTests {

	private static final Path SCRIPT = Path.of("../dist/src/main/bin/gsh");

	private static final List<String> TOOLS = List.of("sed", "readlink", "mkdir", "rmdir", "rm", "mv", "find", "nice",
			"dirname", "sh", "cat", "touch");

	@TempDir
	private Path folder;

	private final Map<String, String> environment = new HashMap<>();

	private Path home;

	@BeforeEach
	void unpack() throws IOException {
		this.home = Files.createDirectories(this.folder.resolve("a place/gshell"));
		Path bin = Files.createDirectory(this.home.resolve("bin"));
		Path lib = Files.createDirectory(this.home.resolve("lib"));
		program(bin.resolve("gsh"), Files.readString(SCRIPT).replace("@project.version@", "1.2.3"));
		Files.writeString(lib.resolve("command.classpath"), "./one.jar:./two.jar");
		Files.writeString(lib.resolve("daemon.classpath"), "./three.jar");
		Path tools = Files.createDirectory(this.folder.resolve("tools"));
		for (String tool : TOOLS) {
			String real = Stream.of("/bin/" + tool, "/usr/bin/" + tool)
				.filter((path) -> Files.exists(Path.of(path)))
				.findFirst()
				.orElseThrow();
			program(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(real));
		}
		this.environment.put("PATH", tools.toString());
		this.environment.put("HOME", this.folder.toString());
		this.environment.put("GSHELL_NOARCHIVE", "1");
	}

	static List<String> shells() {
		return Stream.of("/bin/dash", "/bin/bash", "/bin/sh").filter((shell) -> Files.exists(Path.of(shell))).toList();
	}

	private static void program(Path file, String text) throws IOException {
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	/**
	 * A Java whose program prints its arguments, a line each.
	 */
	private Path java(String version, boolean withRelease) throws IOException {
		Path java = Files.createDirectories(this.folder.resolve("java-" + version));
		Files.createDirectories(java.resolve("bin"));
		program(java.resolve("bin/java"),
				"""
						#!/bin/sh
						[ "$1" = -version ] && { echo 'openjdk version "%s"' >&2; exit 0; }
						for word; do
							echo "$word"
							case $word in *ArchiveClassesAtExit=* | *AOTConfiguration=* | *AOTCache=*) touch "${word#*=}" ;; esac
						done
						"""
					.formatted(version));
		if (withRelease) {
			Files.writeString(java.resolve("release"),
					"IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n".formatted(version,
							version));
		}
		return java;
	}

	private Result gsh(String shell, String... args) throws IOException {
		return gsh(shell, this.home.resolve("bin/gsh"), args);
	}

	private Result gsh(String shell, Path script, String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(shell, script.toString()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile());
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		Process process = builder.start();
		process.getOutputStream().close();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Result(process.onExit().join().exitValue(), out.lines().toList(), err);
	}

	@ParameterizedTest
	@MethodSource("shells")
	void withoutJavaItSaysWhichOneIsNeeded(String shell) throws IOException {
		assertThat(gsh(shell, "ps")).isEqualTo(new Result(1, List.of(),
				"gsh: there is no Java; install Java 17 or newer, or let GSHELL_JAVA or JAVA_HOME name one\n"));
		this.environment.put("JAVA_HOME", "/no/such");
		assertThat(gsh(shell, "ps").err())
			.isEqualTo("gsh: JAVA_HOME=/no/such has no bin/java; let it, or GSHELL_JAVA, name Java 17 or newer\n");
		this.environment.put("GSHELL_JAVA", "/no/java");
		assertThat(gsh(shell, "ps").err()).startsWith("gsh: GSHELL_JAVA=/no/java is no Java; ");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void aJavaThatIsTooOldIsNamed(String shell) throws IOException {
		for (String version : List.of("1.8.0_392", "11.0.20")) {
			for (boolean release : new boolean[] { false, true }) {
				Path java = java(version, release);
				this.environment.put("JAVA_HOME", java.toString());
				assertThat(gsh(shell, "ps")).isEqualTo(new Result(1, List.of(),
						"gsh: JAVA_HOME=%s is Java %s; gsh 1.2.3 needs Java 17 or newer: let GSHELL_JAVA name one\n"
							.formatted(java, version)));
				Files.deleteIfExists(java.resolve("release"));
			}
		}
		Path strange = Files.createDirectories(this.folder.resolve("strange/bin"));
		program(strange.resolve("java"), "#!/bin/sh\necho hello\n");
		this.environment.put("GSHELL_JAVA", strange.resolve("java").toString());
		assertThat(gsh(shell, "ps").err()).contains("does not tell its version");
	}

	@ParameterizedTest
	@MethodSource("shells")
	void theProgramGetsItsClassPathAndArguments(String shell) throws IOException {
		this.environment.put("GSHELL_JAVA", java("17.0.9", true).toString());
		Result result = gsh(shell, "-p", "daemon", "run", "an app", "*", "");
		assertThat(result.err()).isEmpty();
		String lib = this.home.toRealPath().resolve("lib").toString();
		assertThat(result.out())
			.containsSubsequence("-XX:TieredStopAtLevel=1", "-cp",
					"%s/adaptive-gshell-command-1.2.3.jar:%s/one.jar:%s/two.jar".formatted(lib, lib, lib),
					"-Dgshell.home=" + this.home.toRealPath(), "io.adaptive.gshell.command.Gsh", "-p", "daemon", "run",
					"an app", "*", "")
			.noneMatch((word) -> word.startsWith("--enable-native-access"));
	}

	@ParameterizedTest
	@MethodSource("shells")
	void newerJavaIsToldWhatTheFrameworkNeeds(String shell) throws IOException {
		this.environment.put("JAVA_HOME", java("25", false).toString());
		for (String command : List.of("ps", "exec", "daemon")) {
			assertThat(gsh(shell, command).out()).contains("--enable-native-access=ALL-UNNAMED",
					"--sun-misc-unsafe-memory-access=allow");
		}
	}

	@Test
	void theDaemonAndExecHaveOptionsOfTheirOwn() throws IOException {
		this.environment.put("JAVA_HOME", java("21.0.1", true).toString());
		assertThat(gsh("/bin/sh", "-l", "debug", "daemon", "--root").out())
			.contains("-Xmx256m", "-XX:TieredStopAtLevel=1")
			.anyMatch((word) -> word.endsWith("/three.jar"));
		assertThat(gsh("/bin/sh", "exec", "daemon").out()).anyMatch((word) -> word.endsWith("/two.jar"))
			.noneMatch((word) -> word.startsWith("-X"));
	}

	@Test
	void itMayBeCalledByALink() throws IOException {
		this.environment.put("JAVA_HOME", java("17", true).toString());
		Files.createSymbolicLink(this.home.resolve("bin/link"), Path.of("gsh"));
		Path link = Files.createSymbolicLink(this.folder.resolve("gsh"), this.home.resolve("bin/link"));
		assertThat(gsh("/bin/sh", link, "id").out()).contains("-Dgshell.home=" + this.home.toRealPath());
	}

	@ParameterizedTest
	@MethodSource("shells")
	void theArchiveIsMadeInTheBackgroundAndThenUsed(String shell) throws IOException {
		this.environment.remove("GSHELL_NOARCHIVE");
		this.environment.put("XDG_CACHE_HOME", this.folder.resolve("cache").toString());
		for (String version : List.of("17.0.9", "25.0.1")) {
			this.environment.put("JAVA_HOME", java(version, true).toString());
			Path archive = Path.of("%s/cache/gshell/archives%s/%s+9/command.archive".formatted(this.folder,
					this.home.toRealPath(), version));
			// Of a process that was killed.
			Files.createDirectories(archive.getParent());
			Files.writeString(archive.resolveSibling("command.archive.123.config"), "left");
			assertThat(gsh(shell, "id").out()).noneMatch((word) -> word.contains(archive.toString()));
			await().atMost(Duration.ofSeconds(20))
				.until(() -> Files.exists(archive) && !Files.exists(Path.of(archive + ".lock")));
			String option = version.startsWith("17") ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=";
			assertThat(gsh(shell, "id").out()).contains(option + archive);
			try (Stream<Path> files = Files.list(archive.getParent())) {
				assertThat(files).containsExactly(archive);
			}
		}
	}

	@Test
	void withoutCacheEverythingWorks() throws IOException {
		this.environment.remove("GSHELL_NOARCHIVE");
		this.environment.put("XDG_CACHE_HOME", "/proc/none");
		this.environment.put("JAVA_HOME", java("17.0.9", true).toString());
		Result result = gsh("/bin/sh", "id");
		assertThat(result.err()).isEmpty();
		assertThat(result.out()).endsWith("id");
	}

	/**
	 * Output of the script.
	 */
	record Result(int status, List<String> out, String err) {

	}

}
