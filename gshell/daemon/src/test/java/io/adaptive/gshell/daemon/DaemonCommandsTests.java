package io.adaptive.gshell.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.adaptive.gshell.command.BuildVersion;
import io.adaptive.gshell.command.DaemonOptions;
import io.adaptive.gshell.command.DaemonRefusedException;
import io.adaptive.gshell.command.ExitStatus;
import io.adaptive.gshell.daemon.DaemonFixture.Result;
import io.adaptive.gshell.message.GroupLimit;
import io.adaptive.gshell.state.WorkFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Commands and a daemon, as far as they need no group.
 */
class DaemonCommandsTests {

	private static DaemonFixture fixture;

	@BeforeAll
	static void start() throws IOException {
		fixture = DaemonFixture.start();
	}

	@AfterAll
	static void stop() throws IOException {
		fixture.close();
	}

	@Test
	void theDaemonTellsAboutItself() throws IOException {
		Result info = fixture.gsh("info");
		assertThat(info.status()).as(info.err()).isZero();
		assertThat(info.out()).contains("provider:        " + fixture.gsh("id").line())
			.containsPattern("commit: {10}" + commit())
			.containsPattern("built at: {8}%s".formatted(commit().equals("NA") ? "NA" : "\\d{4}-\\d\\d-\\d\\d "))
			.contains("scopes:          PROCESS, OS\n")
			.contains("repository:      " + DaemonFixture.APPS)
			.contains("limit maxprocs:  ActiveProcessorCount of the JVM")
			.containsPattern(
					"limit memory: {4}size of the heap; (a control group for all processes|no control group: .+)\n")
			.containsPattern("limit rt: {8}(SCHED_RR by chrt|no: .*; install util-linux, or raise .*)\n")
			.contains("process:         " + ProcessHandle.current().pid())
			.contains("work directory:  " + fixture.workDirectory())
			.containsPattern("actuator: {8}http://127.0.0.1:\\d+/actuator");
	}

	/** The commit of the clone, if this is one. */
	private static String commit() throws IOException {
		Process git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
		String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
		return commit.matches("[0-9a-f]{40}") ? commit : "NA";
	}

	@Test
	void whatCannotBeLimitedIsNamedWithItsCause() {
		assertThat(MachineLimits.processors("there is no command taskset", "")).isEqualTo(new GroupLimit("maxprocs",
				true,
				"ActiveProcessorCount of the JVM, without affinity: there is no command taskset; a control group for all processes"));
		assertThat(MachineLimits.memory("the system has no control groups for memory")).isEqualTo(new GroupLimit(
				"memory", true, "size of the heap; no control group: the system has no control groups for memory"));
		assertThat(MachineLimits.realTime("chrt: Operation not permitted")).isEqualTo(new GroupLimit("rt", false,
				"chrt: Operation not permitted; install util-linux, or raise the limit rtprio of this user"));
	}

	@Test
	void servicesAreListed() {
		Result list = fixture.gsh("list", "-p", "gshell");
		assertThat(list.out().lines()).anyMatch((line) -> line.matches("gshell +codeRepo +self +0011"))
			.anyMatch((line) -> line.matches("gshell +daemon +self +0011"))
			.hasSize(3);
		assertThat(fixture.gsh("list", "-s", "daem*").out().lines()).hasSize(2);
		assertThat(fixture.gsh("list", "-s", "nothing").out().lines()).hasSize(1);
		assertThat(fixture.gsh("list", "-v", "-s", "daemon").out()).contains("PUBLISHER: gshell\n")
			.contains("SCOPE: OS\n")
			.containsPattern("ADDRESS: \\S+");
		assertThat(fixture.onTerminal("list").out().lines()).allMatch((line) -> line.length() <= 4 * 26);
	}

	@Test
	void theRepositoryIsListed() {
		assertThat(fixture.gsh("repo").out()).contains("address:         " + DaemonFixture.APPS)
			.contains("commit:          NA");
		assertThat(fixture.gsh("repo", "ls").out().lines()).contains("debug/", "example/");
		assertThat(fixture.gsh("repo", "ls", "example/hello").out()).isEqualTo("Hello.java\n");
		assertThat(fixture.gsh("repo", "ls", "example/hello/Hello.java").out()).isEqualTo("Hello.java\n");
		assertThat(fixture.onTerminal("repo", "ls", "debug").out()).isEqualTo("\033[1;34mjvm/\033[0m\n");
		for (String wrong : new String[] { "no/such", "..", "/etc" }) {
			Result result = fixture.gsh("repo", "ls", wrong);
			assertThat(result.status()).as(result.err()).isEqualTo(ExitStatus.FAILED);
			assertThat(result.out()).isEmpty();
		}
	}

	@Test
	void anAppIsPrepared() {
		Result prepared = fixture.gsh("run", "--no-run", "example/hello");
		assertThat(prepared.status()).as(prepared.err()).isZero();
		assertThat(prepared.out()).contains("main class:      example.hello.Hello\n").contains("files:           1\n");
		Result none = fixture.gsh("run", "--no-run", "no/such");
		assertThat(none.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(none.err()).startsWith("There is no no/such in the repository");
	}

	@Test
	void listingsForProgramsFollowTheirSchema() {
		for (String command : new String[] { "list", "info", "repo", "ps" }) {
			Result result = fixture.gsh(command, "--json");
			assertThat(result.status()).as(result.err()).isZero();
			assertThat(new JsonSchema(command).problems(result.out())).as(result.out()).isEmpty();
		}
		assertThat(new JsonSchema("repo").problems(fixture.gsh("repo", "ls", "-json", "example").out())).isEmpty();
		assertThat(new JsonSchema("ps").problems("{\"jobs\":[{}],\"more\":1}")).contains("$ has no problems",
				"$ has more", "$.jobs[] has no job");
	}

	@Test
	void onlyTheOwnNodeIsReached() {
		assertThat(fixture.gsh("-p", "self", "ps").status()).isZero();
		assertThat(fixture.gsh("-p", fixture.gsh("id").line(), "ps").status()).isZero();
		Result other = fixture.gsh("-p", "02:00:00:00:00:99", "ps");
		assertThat(other.status()).isEqualTo(ExitStatus.NOT_FOUND);
		assertThat(other.err()).startsWith("This version reaches its own node only, ");
	}

	@Test
	void thereIsNoJobYet() {
		assertThat(fixture.gsh("ps")).isEqualTo(new Result(0, "GRE ID  IN GROUP  NAME  START AT  STATUS\n", ""));
		assertThat(fixture.gsh("ps", "abcd"))
			.isEqualTo(new Result(ExitStatus.NOT_FOUND, "", "There is no job abcd; see: gsh ps\n"));
		assertThat(fixture.gsh("stop", "a", "b")).isEqualTo(
				new Result(ExitStatus.FAILED, "", "There is no job a; see: gsh ps\nThere is no job b; see: gsh ps\n"));
		assertThat(fixture.gsh("kill", "g*"))
			.isEqualTo(new Result(ExitStatus.NOT_FOUND, "none killed\n", "There is no group g*; see: gsh ps\n"));
		assertThat(fixture.gsh("log", "none").status()).isEqualTo(ExitStatus.NOT_FOUND);
		Result group = fixture.gsh("ps", "--group", "none");
		assertThat(group.status()).isEqualTo(ExitStatus.NOT_FOUND);
		assertThat(group.err()).startsWith("There is no group none-");
	}

	@Test
	void stateOfANewerFormatIsNamed() throws IOException {
		Path group = fixture.workDirectory().resolve("groups/newer-" + BuildVersion.version());
		Path state = Files.createDirectories(group).resolve("group.json");
		Files.writeString(state, "{ \"format\": 2 }");
		String problem = state
				+ " has format 2, this version knows 1 at most; use the version that wrote it, or a newer one\n";
		assertThat(fixture.gsh("run", "--group", "newer", "example/hello"))
			.isEqualTo(new Result(ExitStatus.FAILED, "", problem));
		assertThat(fixture.gsh("ps")).isEqualTo(new Result(ExitStatus.FAILED,
				"GRE ID  IN GROUP  NAME  START AT  STATUS\n", "A group does not run: " + problem));
		assertThat(state).hasContent("{ \"format\": 2 }");
		Files.delete(state);
		Files.delete(group);
		assertThat(fixture.gsh("ps").status()).isZero();
	}

	@Test
	void theLogOfTheDaemonIsPrinted() {
		Result log = fixture.gsh("log", "daemon");
		assertThat(log.status()).as(log.err()).isZero();
		assertThat(log.out()).contains("published service=gshell/daemon");
		assertThat(fixture.gsh("log", "-n", "1", "daemon").out().lines()).hasSize(1);
	}

	@Test
	void aSecondDaemonSaysWhichOneRuns(@TempDir Path other) {
		assertThatExceptionOfType(DaemonRefusedException.class)
			.isThrownBy(() -> DaemonFixture.start(DaemonFixture.options(fixture.workDirectory()), other))
			.withMessage("A daemon runs already in %s, process %s; stop that one, or name another folder by --wd",
					fixture.workDirectory(), ProcessHandle.current().pid());
		assertThatExceptionOfType(DaemonRefusedException.class)
			.isThrownBy(() -> DaemonFixture.start(DaemonFixture.options(other.resolve("wd")), fixture.sockets()))
			.withMessageMatching("A daemon of this user runs already on this machine: process %s, .*%s; use that one.*"
				.formatted(ProcessHandle.current().pid(), fixture.workDirectory()));
		assertThat(fixture.gsh("ps").status()).isZero();
	}

	@Test
	void aWorkingDirectoryOfSomebodyElseIsRefused(@TempDir Path folder) throws IOException {
		assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a folder away");
		Path foreign = Files.createDirectory(folder.resolve("wd"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
		Files.setAttribute(foreign, "unix:uid", 12345);
		assertThatExceptionOfType(DaemonRefusedException.class)
			.isThrownBy(() -> DaemonFixture.start(DaemonFixture.options(foreign), folder))
			.withMessage("%s belongs to the user with id 12345, this program runs as 0; name another folder", foreign)
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(ExitStatus.NOT_PERMITTED));
		assertThat(foreign).isEmptyDirectory();
	}

	@Test
	void aPortInUseIsNamedAndNothingIsLeft(@TempDir Path folder) throws IOException {
		Path work = folder.resolve("wd");
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String registry = "127.0.0.1:" + taken.getLocalPort();
			DaemonOptions options = new DaemonOptions(work, registry, null, true, null, false, null);
			assertThatExceptionOfType(DaemonRefusedException.class)
				.isThrownBy(() -> DaemonFixture.start(options, Path.of("/tmp/gsh-" + taken.getLocalPort())))
				.withMessageContaining(String.valueOf(taken.getLocalPort()))
				.satisfies((ex) -> assertThat(ex.status()).isEqualTo(ExitStatus.FAILED))
				.satisfies((ex) -> System.out.println(ex.getMessage()));
		}
		// The lock is free again.
		DaemonLock.acquire(WorkFolder.open(work).path()).close();
	}

	@Test
	void aWorkingDirectoryThatIsOpenToOthersIsRefused(@TempDir Path folder) throws IOException {
		Path open = Files.createDirectory(folder.resolve("wd"),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
		assertThatExceptionOfType(DaemonRefusedException.class)
			.isThrownBy(() -> DaemonFixture.start(DaemonFixture.options(open), folder))
			.withMessageContaining("chmod 700")
			.satisfies((ex) -> assertThat(ex.status()).isEqualTo(ExitStatus.NOT_PERMITTED));
		assertThat(open).isEmptyDirectory();
	}

}
