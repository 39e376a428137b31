package io.adaptive.gshell.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.daemon.DaemonFixture.Result;
import io.adaptive.gshell.message.group.DescribeGroup;
import io.adaptive.gshell.message.group.GroupInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Commands that run jobs, with groups in processes of their own.
 */
@Tag("slow")
class GroupCommandsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String WAITS = "System.out.println(\"ready\"); Thread.sleep(3_600_000);";

	private DaemonFixture fixture;

	@TempDir
	private Path apps;

	@BeforeEach
	void start() throws IOException {
		this.fixture = DaemonFixture.start();
	}

	@AfterEach
	void stop() throws IOException {
		try (DaemonFixture ending = this.fixture) {
			ending.gsh("kill", "-f", "*");
			await().atMost(PATIENCE).until(() -> ending.gsh("list", "-s", "grg-*").out().lines().count() == 1);
		}
	}

	private String app(String name, String body) throws IOException {
		return Files
			.writeString(this.apps.resolve(name + ".java"),
					"class %s { public static void main(String[] args) throws Exception { %s } }".formatted(name, body))
			.toString();
	}

	private Result ok(String... args) {
		Result result = this.fixture.gsh(args);
		assertThat(result.status()).as(result.err()).isZero();
		return result;
	}

	private void awaitStatus(String job, String status) {
		await().atMost(PATIENCE)
			.until(() -> ok("ps", job).out(), (text) -> text.contains("status:          " + status));
	}

	private static String group(String name) {
		return name + "-" + BuildVersion.version();
	}

	private ProcessHandle process(String group) {
		RuntimeGroups groups = this.fixture.bean(RuntimeGroups.class);
		RunningGroup running = groups.find(group(group)).orElseThrow();
		GroupInfo info = groups.call(running, new DescribeGroup(), GroupInfo.class, PATIENCE);
		return ProcessHandle.of(info.pid()).orElseThrow();
	}

	/**
	 * A group may answer too late on a busy machine, which {@code ps} says by its status.
	 */
	private String listing(String... args) {
		return await().atMost(PATIENCE).until(() -> this.fixture.gsh(args), (result) -> result.status() == 0).out();
	}

	/**
	 * A group that is ending may not answer any more, which {@code ps} says by its
	 * status.
	 */
	private boolean isEmpty() {
		Result jobs = this.fixture.gsh("ps");
		return jobs.status() == 0 && jobs.out().lines().count() == 1;
	}

	@Test
	void aJobRunsIsStartedAgainAndRemoved() {
		String id = ok("run", "--group", "g", "example/hello", "Ada").line();
		assertThat(id).matches("[0-9a-f]{12}");
		awaitStatus("hello", "exited:OK");
		assertThat(ok("log", id.substring(0, 4)).out()).isEqualTo("Hello from Ada\n");
		assertThat(listing("ps").lines()).hasSize(2)
			.last()
			.asString()
			.matches(id + "  " + group("g") + " +hello  \\S+ \\S+  exited:OK \\d+s");
		assertThat(ok("ps", id).out()).contains("arguments:       Ada\n")
			.contains("requested by:    " + System.getProperty("user.name"))
			.contains("exit status:     0\n");
		assertThat(new JsonSchema("ps").problems(listing("ps", "--json"))).isEmpty();
		assertThat(ok("start", "hello").out()).isEqualTo(id + "\nstarted\n");
		await().atMost(PATIENCE)
			.until(() -> ok("log", "--group", "g", "hello").out().equals("Hello from Ada\nHello from Ada\n"));
		awaitStatus(id, "exited:OK");
		Result again = this.fixture.gsh("stop", id, "none");
		assertThat(again.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(again.out()).isEmpty();
		assertThat(again.err()).contains("has ended already").contains("There is no job none; ");
		assertThat(ok("rm", id).out()).isEqualTo(id + "\nremoved\n");
		await().atMost(PATIENCE).until(this::isEmpty);
	}

	@Test
	void aJobThatRunsIsStoppedAndItsGroupKilled() throws IOException {
		String app = app("Waits", WAITS);
		String one = ok("run", "--group", "g", app).line();
		String other = ok("run", "--group", "g", app).line();
		awaitStatus(one, "running");
		Result both = this.fixture.gsh("stop", "Waits");
		assertThat(both.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(both.err()).startsWith("Waits fits several jobs: ").contains(one, other);
		assertThat(ok("stop", one).out()).isEqualTo(one + "\nstopped\n");
		assertThat(this.fixture.gsh("rm", other).status()).isEqualTo(ExitStatus.FAILED);
		assertThat(ok("restart", one, other).out()).isEqualTo(one + "\n" + other + "\nrestarted\n");
		Result kill = this.fixture.gsh("kill", "g");
		assertThat(kill.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(kill.out()).isEqualTo("none killed\n");
		assertThat(kill.err()).contains(one, other).contains("gsh kill -f " + group("g"));
		assertThat(ok("rm", "-f", one).out()).isEqualTo(one + "\nremoved\n");
		assertThat(ok("kill", "-f", "g-*").out()).isEqualTo(group("g") + "\nkilled\n");
	}

	@Test
	void aGroupThatDoesNotAnswerIsKilledByForce() throws Exception {
		ok("run", "--group", "g", app("Waits", WAITS));
		ProcessHandle process = process("g");
		assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor()).isZero();
		assertThat(ok("kill", "-f", "g").out()).isEqualTo(group("g") + "\nkilled\n");
		assertThat(process.onExit()).succeedsWithin(PATIENCE);
		assertThat(ok("ps").out().lines()).hasSize(1);
	}

	@Test
	void aDaemonThatStartsConnectsWithItsGroupsBeforeItIsAsked() throws IOException {
		String app = app("Waits", WAITS);
		String one = ok("run", "--group", "one", app).line();
		String other = ok("run", "--group", "other", app).line();
		this.fixture.restart();
		awaitConnected(2);
		await().atMost(PATIENCE)
			.until(() -> this.fixture.gsh("ps").out(), (text) -> text.contains(one) && text.contains(other));
		assertThat(this.fixture.bean(RuntimeGroups.class).connected()).isEqualTo(2);
		process("one").destroyForcibly();
		await().atMost(PATIENCE).until(() -> this.fixture.gsh("ps", one).out().contains("restarts:        1\n"));
		awaitConnected(2);
		ok("kill", "-f", "other");
		awaitConnected(1);
	}

	private void awaitConnected(int groups) {
		await().atMost(PATIENCE)
			.until(() -> this.fixture.bean(RuntimeGroups.class).connected(), (count) -> count == groups);
	}

	/**
	 * Asks until one group has answered in time, and the other one has not.
	 */
	private Result awaitOneOfTwo(String inOutput, String... args) {
		String silent = "The group %s has not answered in time; ".formatted(group("other"));
		return await().atMost(PATIENCE)
			.until(() -> this.fixture.gsh(args),
					(result) -> result.out().contains(inOutput) && result.err().startsWith(silent));
	}

	@Test
	void aSilentGroupHoldsUpNoDaemonThatStarts() throws Exception {
		String app = app("Waits", WAITS);
		String one = ok("run", "--group", "one", app).line();
		String other = ok("run", "--group", "other", app).line();
		ProcessHandle process = process("other");
		signal(process, "STOP");
		try {
			this.fixture.restart();
			Result ps = awaitOneOfTwo(one, "ps");
			assertThat(ps.status()).isEqualTo(ExitStatus.TIMEOUT);
			assertThat(ps.out()).doesNotContain(other);
		}
		finally {
			signal(process, "CONT");
		}
		await().atMost(PATIENCE).until(() -> this.fixture.gsh("ps").out(), (text) -> text.contains(other));
		assertThat(ok("ps", other).out()).contains("restarts:        0\n");
	}

	@Test
	void servicesInProcessScopeOfGroupsAreListed() throws Exception {
		String server = "io.adaptive.node.AdaptiveNode node = io.adaptive.node.AdaptiveNode.builder().build();"
				+ " node.newServer().publish(io.adaptive.server.Service"
				+ ".named(\"test\", args[0]).handle(String.class, (text) -> text).scopes(io.adaptive.message.Scope.PROCESS)); ";
		ok("run", "--group", "one", app("One", server + WAITS), "inside");
		ok("run", "--group", "other", app("One", server + WAITS), "inside");
		await().atMost(PATIENCE)
			.until(() -> this.fixture.gsh("list", "-v", "-p", "test").out(),
					(text) -> text.contains("group " + group("one")) && text.contains("group " + group("other")));
		await().atMost(PATIENCE)
			.until(() -> this.fixture.gsh("list", "-p", "test").out(),
					(text) -> text.matches("PUBLISHER .*\\ntest +inside +self +0001\\n"));
		assertThat(this.fixture.gsh("list", "-s", "out*").out().lines()).hasSize(1);
		String json = this.fixture.gsh("list", "--json", "-p", "test").out();
		assertThat(new JsonSchema("list").problems(json)).isEmpty();
		ProcessHandle process = process("other");
		signal(process, "STOP");
		try {
			Result list = awaitOneOfTwo("group " + group("one"), "list", "-v", "-p", "test");
			assertThat(list.status()).isEqualTo(ExitStatus.TIMEOUT);
			assertThat(list.out()).doesNotContain("group " + group("other"));
		}
		finally {
			signal(process, "CONT");
		}
	}

	private static void signal(ProcessHandle process, String name) throws Exception {
		assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor()).isZero();
	}

	@Test
	void anAttachedJobHasInputOutputAndStatus() throws IOException {
		String app = app("Cat",
				"int next; while ((next = System.in.read()) >= 0) { System.out.write(next); } System.out.flush();"
						+ " System.err.println(\"end\"); System.exit(7);");
		byte[] input = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);
		Result result = this.fixture.withInput(new ByteArrayInputStream(input), "run", "-i", "--rm", app);
		assertThat(result).isEqualTo(new Result(7, "one\ntwo\n", "end\n"));
		await().atMost(PATIENCE).until(this::isEmpty);
	}

	@Test
	void whatDoesNotCompileLeavesNoGroup() throws IOException {
		Path broken = Files.writeString(this.apps.resolve("Broken.java"), "class Broken {");
		Result run = this.fixture.gsh("run", "--group", "g", broken.toString());
		assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(run.out()).isEmpty();
		assertThat(run.err()).contains("Broken.java:1: error:");
		await().atMost(PATIENCE).until(() -> ok("list", "-s", "grg-*").out().lines().count() == 1);
		Result twoMains = this.fixture.gsh("run", "-i",
				Files.writeString(this.apps.resolve("None.java"), "class None { }").toString());
		assertThat(twoMains.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(twoMains.err()).contains("main");
	}

	@Test
	void codeThatWasPreparedIsTakenFromTheCache() throws IOException {
		String app = app("Prepared", "System.out.println(\"ready\");");
		ok("run", "--no-run", app);
		Path cache = this.fixture.workDirectory().resolve("cache");
		List<String> prepared = entries(cache);
		assertThat(prepared).hasSize(1);
		String id = ok("run", "--group", "g", app).line();
		awaitStatus(id, "exited:OK");
		assertThat(entries(cache)).isEqualTo(prepared);
	}

	private static List<String> entries(Path cache) throws IOException {
		try (Stream<Path> files = Files.list(cache)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".code"))
				.sorted()
				.toList();
		}
	}

	@Test
	void limitsOfAGroupThatRunsAreNotChanged() throws IOException {
		String app = app("Waits", WAITS);
		ok("run", "--group", "g", "--memory", "64m", app);
		ok("run", "--group", "g", "--memory", "64m", app);
		ok("run", "--group", "g", app);
		Result other = this.fixture.gsh("run", "--group", "g", "--memory", "65m", app);
		assertThat(other.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(other.err()).contains("runs with other limits");
		Result name = this.fixture.gsh("run", "--group", "no/slash", app);
		assertThat(name.status()).isEqualTo(ExitStatus.USAGE);
	}

	@Test
	void aLogIsFollowedUntilTheJobIsRemoved() throws Exception {
		String id = ok("run", "--group", "g", app("Waits", WAITS)).line();
		ByteArrayOutputStream followed = new ByteArrayOutputStream();
		CompletableFuture<Result> follower = CompletableFuture
			.supplyAsync(() -> this.fixture.gsh(followed, "log", "-f", id));
		awaitStatus(id, "running");
		ok("restart", id);
		await().atMost(PATIENCE).until(() -> followed.toString(StandardCharsets.UTF_8).equals("ready\nready\n"));
		assertThat(follower).isNotDone();
		ok("rm", "-f", id);
		assertThat(follower.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Result(0, "ready\nready\n", ""));
	}

	@Test
	void aLogIsFollowedAcrossTheDeathOfTheGroupWithoutGap() throws Exception {
		String counts = "for (int number = 0; number < 1_000; number++) { System.out.println(number); } ";
		String id = ok("run", "--group", "g", app("Counts", counts + WAITS)).line();
		ByteArrayOutputStream followed = new ByteArrayOutputStream();
		CompletableFuture<Result> follower = CompletableFuture
			.supplyAsync(() -> this.fixture.gsh(followed, "log", "-f", id));
		await().atMost(PATIENCE).until(() -> followed.toString(StandardCharsets.UTF_8).endsWith("ready\n"));
		process("g").destroyForcibly();
		await().atMost(PATIENCE)
			.until(() -> this.fixture.gsh("log", id).out().lines().filter("ready"::equals).count() == 2);
		String whole = ok("log", id).out();
		assertThat(whole.lines()).hasSize(2_002);
		await().atMost(PATIENCE).until(() -> followed.toString(StandardCharsets.UTF_8).equals(whole));
		ok("rm", "-f", id);
		assertThat(follower.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Result(0, whole, ""));
	}

}
