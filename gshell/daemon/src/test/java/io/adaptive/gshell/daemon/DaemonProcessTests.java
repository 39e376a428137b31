package io.adaptive.gshell.daemon;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.adaptive.gshell.code.DurableFiles;
import io.adaptive.gshell.command.CommandEnvironment;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.command.Gsh;
import io.adaptive.gshell.daemon.DaemonFixture.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A daemon in a process of its own, which is stopped or killed.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class DaemonProcessTests {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	/**
	 * Calls itself in another job, and writes how many calls there were and have failed.
	 */
	private static final String CALLS = """
			import io.adaptive.node.AdaptiveNode;
			import io.adaptive.server.Service;
			import io.adaptive.stream.Connection;
			import java.nio.file.Files;
			import java.nio.file.Path;
			class Calls {
				record Ping(int number) {
				}
				public static void main(String[] args) throws Exception {
					try (AdaptiveNode node = AdaptiveNode.builder().build()) {
						if (args[0].equals("server")) {
							node.newServer().publish(Service.named("test", "calls").handle(Ping.class, (ping) -> ping));
							node.serve();
						}
						Connection server = node.newClient().discover("test", "calls");
						int failed = 0;
						for (int calls = 1; true; calls++) {
							try {
								if (server.sendRecv(new Ping(calls), Ping.class).number() != calls) {
									failed++;
								}
							}
							catch (RuntimeException ex) {
								failed++;
							}
							Files.writeString(Path.of(args[1]), calls + " " + failed);
							Thread.sleep(20);
						}
					}
				}
			}
			""";

	private static final String SLEEPS = "class Sleeps { public static void main(String[] args) throws Exception"
			+ " { Thread.sleep(3_600_000); } }";

	private static final String WAITS = "class Waits { public static void main(String[] args) throws Exception"
			+ " { while (!new java.io.File(args[0]).exists()) { Thread.sleep(20); } System.exit(4); } }";

	private Path folder;

	private Process daemon;

	@BeforeEach
	void start() throws IOException {
		// Short, since sockets are in it.
		this.folder = Files.createTempDirectory(Path.of("/tmp"), "gsh");
		startDaemon();
	}

	@AfterEach
	void stop() throws Exception {
		signal(this.daemon, "CONT");
		gsh("kill", "-f", "*");
		await().atMost(PATIENCE).until(() -> gsh("list", "-s", "grg-*").out().lines().count() == 1);
		this.daemon.destroy();
		this.daemon.waitFor();
		DurableFiles.deleteTree(this.folder);
	}

	private void startDaemon(String... options) throws IOException {
		Path output = this.folder.resolve("daemon.out");
		this.daemon = process(List.of(options), "daemon", "--wd", this.folder.resolve("wd").toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		await().atMost(PATIENCE).until(() -> Files.readString(output), (text) -> text.contains(" runs, process "));
	}

	private ProcessBuilder process(List<String> options, String... args) {
		// A build that runs in the background of a shell ignores SIGINT, and so would
		// they.
		List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
		command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
		command.addAll(options);
		command.addAll(
				List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Gsh.class.getName()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put(CommandEnvironment.SOCKET_DIRECTORY, sockets().toString());
		builder.environment().put("XDG_CACHE_HOME", this.folder.resolve("cache").toString());
		builder.environment().remove("GSHELL_NOARCHIVE");
		return builder;
	}

	private Path sockets() {
		return this.folder.resolve("s");
	}

	private static void signal(Process process, String name) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
	}

	private Result gsh(String... args) {
		return gsh(PATIENCE, args);
	}

	private Result gsh(Duration patience, String... args) {
		PrintStream none = new PrintStream(OutputStream.nullOutputStream());
		return DaemonFixture.run(new CommandEnvironment(new ByteArrayInputStream(new byte[0]), none, none, false, false,
				sockets(), null, this.folder.resolve("cache"), patience), args);
	}

	private String run(String group, String source, String... args) throws IOException {
		String name = source.replaceAll("(?s).*?class (\\w+) .*", "$1");
		Path app = Files.writeString(this.folder.resolve(name + ".java"), source);
		List<String> words = new ArrayList<>(List.of("run", "--group", group, app.toString()));
		words.addAll(List.of(args));
		Result result = gsh(words.toArray(String[]::new));
		assertThat(result.status()).as(result.err()).isZero();
		return result.line();
	}

	private JsonNode jobs() {
		// A group on a busy machine may be silent for a second.
		Result result = await().atMost(PATIENCE).until(() -> gsh("ps", "--json"), (each) -> each.status() == 0);
		return JsonMapper.shared().readTree(result.out());
	}

	@Test
	void aDaemonThatDoesNotAnswerIsATimeout() throws Exception {
		assertThat(gsh("ps").status()).isZero();
		signal(this.daemon, "STOP");
		Result silent = gsh(Duration.ofSeconds(1), "ps");
		assertThat(silent).isEqualTo(new Result(ExitStatus.TIMEOUT, "",
				"The daemon runs and has not answered within 1 s; look at its process\n"));
		signal(this.daemon, "CONT");
		assertThat(gsh("ps").status()).isZero();
		this.daemon.destroyForcibly().waitFor();
		assertThat(gsh("ps")).isEqualTo(new Result(ExitStatus.NOT_FOUND, "",
				"No daemon runs for this user on this machine; start one with: gsh daemon\n"));
		startDaemon();
	}

	@Test
	void ctrlCLeavesAnAttachedJobAndSaysHowToSeeIt() throws Exception {
		Path app = Files.writeString(this.folder.resolve("Ready.java"),
				"class Ready { public static void main(String[] args) throws Exception"
						+ " { System.out.println(\"ready\"); Thread.sleep(3_600_000); } }");
		Path out = this.folder.resolve("attached.out");
		Path err = this.folder.resolve("attached.err");
		Process attached = process(List.of(), "run", "-i", "--group", "g", app.toString()).redirectOutput(out.toFile())
			.redirectError(err.toFile())
			.start();
		await().atMost(PATIENCE).until(() -> Files.readString(out).contains("ready"));
		signal(attached, "INT");
		assertThat(attached.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(attached.exitValue()).isEqualTo(130);
		String id = jobs().at("/jobs/0/job/id").stringValue();
		assertThat(err).content()
			.contains("Detached; the job %s goes on. See: gsh ps %s, gsh log -f %s\n".formatted(id, id, id));
		assertThat(gsh("ps", id).out()).contains("status:          running");
	}

	@Test
	void aKilledDaemonIsNoticedByNoJob() throws Exception {
		File counter = this.folder.resolve("count").toFile();
		File end = this.folder.resolve("end").toFile();
		run("one", CALLS, "server");
		run("other", CALLS, "client", counter.toString());
		for (int index = 0; index < 18; index++) {
			run((index % 2 == 0) ? "one" : "other", SLEEPS);
		}
		String waits = run("one", WAITS, end.toString());
		await().atMost(PATIENCE).until(counter::exists);
		List<String> before = runs(jobs());
		assertThat(before).hasSize(21);
		this.daemon.destroyForcibly().waitFor();
		assertThat(end.createNewFile()).isTrue();
		long begin = System.nanoTime();
		startDaemon();
		List<String> after = runs(jobs());
		System.out.println("ps is right after ms: " + (System.nanoTime() - begin) / 1_000_000);
		assertThat(after).isEqualTo(before);
		await().atMost(PATIENCE).until(() -> gsh("ps", waits).out().contains("status:          exited:ERR"));
		assertThat(gsh("ps", waits).out()).contains("exit status:     4\n").contains("restarts:        0");
		int calls = count(counter)[0];
		await().atMost(PATIENCE).until(() -> count(counter)[0] > calls + 10);
		assertThat(count(counter)[1]).isZero();
	}

	@Test
	void aDaemonThatIsToldToEndEndsTheTrainingOfItsArchive() throws Exception {
		this.daemon.destroy();
		this.daemon.waitFor();
		startDaemon("-Dgshell.home=" + distribution());
		run("g", SLEEPS);
		Path archives = this.folder.resolve("cache/gshell/archives");
		List<String> training = await().atMost(PATIENCE)
			.until(() -> commands(archives + ".*\\.new"), (commands) -> !commands.isEmpty());
		this.daemon.destroy();
		assertThat(this.daemon.waitFor()).isEqualTo(143);
		assertThat(commands(archives + ".*\\.new")).isEmpty();
		try (Stream<Path> files = Files.walk(archives)) {
			assertThat(files.filter(Files::isRegularFile)).singleElement().asString().endsWith("/group.archive.lock");
		}
		String lastWord = training.get(0).replaceAll("(?s).*\0(.+)\0", "$1");
		assertThat(Path.of(lastWord)).isAbsolute().doesNotExist();
		startDaemon();
	}

	/**
	 * Parts of a distribution that the daemon needs: class path of groups, as links.
	 */
	private Path distribution() throws IOException {
		Path lib = Files.createDirectories(this.folder.resolve("home/lib"));
		List<String> names = new ArrayList<>();
		List<String> entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !entry.isEmpty())
			.toList();
		for (String entry : entries) {
			String name = "entry%s.jar".formatted(names.size());
			Files.createSymbolicLink(lib.resolve(name), Path.of(entry));
			names.add(name);
		}
		Files.writeString(lib.resolve("runtime.classpath"), String.join(":", names));
		return Files.createDirectories(this.folder.resolve("home/grepo")).getParent();
	}

	/** Command lines, with a NUL after each word, in which the pattern is found. */
	private static List<String> commands(String pattern) throws IOException {
		List<String> found = new ArrayList<>();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
			for (Path each : processes) {
				String command = command(each.resolve("cmdline"));
				if (Pattern.compile(pattern).matcher(command).find()) {
					found.add(command);
				}
			}
		}
		return found;
	}

	private static String command(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			// The process has ended meanwhile.
			return "";
		}
	}

	/** Groups, ids and starts of all jobs. */
	private static List<String> runs(JsonNode jobs) {
		return jobs.path("jobs")
			.valueStream()
			.map((each) -> "%s %s %s %s".formatted(each.path("group"), each.at("/job/id"), each.at("/job/startedAt"),
					each.at("/job/restarts")))
			.sorted()
			.toList();
	}

	/** Written while it is read, so that it may be empty. */
	private static int[] count(File counter) throws IOException {
		String text = await().atMost(PATIENCE)
			.until(() -> Files.readString(counter.toPath()), (read) -> read.contains(" "));
		return Stream.of(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
	}

}
