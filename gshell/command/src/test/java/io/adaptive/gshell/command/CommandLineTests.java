package io.adaptive.gshell.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.gshell.command.TestConsole.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Commands as far as they need no daemon.
 */
class CommandLineTests {

	private static final List<String> COMMANDS = List.of("id", "daemon", "list", "repo", "run", "exec", "ps", "stop",
			"start", "restart", "rm", "kill", "log", "info", "completion");

	@TempDir
	Path sockets;

	private TestConsole console() {
		return new TestConsole(this.sockets, false, null);
	}

	@Test
	void eachCommandHasHelp() {
		CommandLine commands = CommandTree.of(CommandEnvironment.ofProcess(),
				new ExecCommand(CommandEnvironment.ofProcess()));
		assertThat(commands.getSubcommands()).containsOnlyKeys(COMMANDS);
		assertThat(console().run("--help").out()).contains(COMMANDS).contains("Exit status:");
		for (String command : COMMANDS) {
			Result help = console().run(command, "--help");
			assertThat(help.status()).as(command).isZero();
			assertThat(help.out()).startsWith("Usage: gsh " + command).contains("-h, --help");
			assertThat(console().run(command, "-h")).isEqualTo(help);
		}
		assertThat(console().run("repo", "ls", "-h").out()).startsWith("Usage: gsh repo ls");
	}

	@Test
	void theIdNeedsNoDaemon() {
		Result id = console().run("id");
		assertThat(id.status()).as(id.err()).isZero();
		assertThat(id.out()).matches("\\S+\n");
		assertThat(console().run("id")).isEqualTo(id);
	}

	@Test
	void withoutDaemonACommandSaysHowToStartOne() {
		Result ps = console().run("ps");
		assertThat(ps).isEqualTo(new Result(ExitStatus.NOT_FOUND, "",
				"No daemon runs for this user on this machine; start one with: gsh daemon\n"));
	}

	@Test
	void servicesAreListedWithoutDaemon() {
		Result list = console().run("list");
		assertThat(list.status()).as(list.err()).isZero();
		assertThat(list.out()).startsWith("PUBLISHER  SERVICE").contains("WLOP(SCOPE)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "no-such-command", "ps --nonsense", "run", "stop", "kill", "log", "-p a id",
			"-p self list", "list -p a_b", "run -i --restart 1 app", "run --rt 100 app", "run --maxprocs 0 app",
			"run --memory many app", "run --memory 1m app", "run --restart -1 app", "run --restart x app",
			"daemon --bcast 70000", "daemon --root", "daemon more", "completion fish", "-l loud ps", "exec" })
	void aWrongCommandLineHasStatus2(String line) {
		Result result = console().run(line.isEmpty() ? new String[0] : line.split(" "));
		assertThat(result.status()).as(result.err()).isEqualTo(ExitStatus.USAGE);
		assertThat(result.out()).isEmpty();
		assertThat(result.err()).isNotEmpty().doesNotContain("Exception");
	}

	@Test
	void anAppThatDoesNotCompileHasStatus1(@TempDir Path folder) throws IOException {
		Path app = Files.writeString(folder.resolve("Broken.java"), "class Broken {");
		Result exec = console().run("exec", app.toString());
		assertThat(exec.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(exec.err()).contains("Broken.java:1: error:").contains("1 error, compiled by ECJ");
		Result none = console().run("exec", "no/such/app");
		assertThat(none.status()).isEqualTo(ExitStatus.FAILED);
		assertThat(none.err()).startsWith("There is no file or folder no/such/app; ");
	}

	@Test
	void anAppOfTheRepositoryIsPreparedToRun() throws Throwable {
		CommandEnvironment environment = CommandEnvironment.ofProcess();
		ExecCommand exec = new ExecCommand(
				new CommandEnvironment(environment.in(), environment.out(), environment.err(), false, false,
						this.sockets, Path.of("../apps"), this.sockets.resolve("cache"), environment.patience()));
		CommandLine commands = CommandTree.of(environment, exec);
		assertThat(commands.execute("exec", "example/hello", "Ada")).isZero();
		assertThat(exec.program()).isNotNull();
		assertThat(exec.program().arguments()).containsExactly("Ada");
		exec.program().run();
	}

	@Test
	void completionKnowsEveryCommand() {
		String script = console().run("completion").out();
		assertThat(script).contains(COMMANDS).contains("complete -F", "bashcompinit");
		assertThat(console().run("completion", "zsh").out()).isEqualTo(script);
	}

	@Test
	void bashCompletesCommandsAndOptions(@TempDir Path folder) throws IOException, InterruptedException {
		Path script = Files.writeString(folder.resolve("completion"), console().run("completion").out());
		assertThat(complete(script, "re")).containsExactlyInAnyOrder("repo", "restart");
		assertThat(complete(script, "run", "--re")).containsExactlyInAnyOrder("--restart", "--restart-max-delay",
				"--restart-reset");
		assertThat(complete(script, "repo", "l")).containsExactly("ls");
	}

	/** Completes the last word as bash does. */
	private static List<String> complete(Path script, String... words) throws IOException, InterruptedException {
		String line = "gsh " + String.join(" ", words);
		Process bash = new ProcessBuilder("bash", "-c",
				"compopt() { :; }; . \"$1\"; COMP_WORDS=($2); COMP_CWORD=%s; COMP_LINE=$2; COMP_POINT=${#2}; _complete_gsh; printf '%%s\\n' \"${COMPREPLY[@]}\""
					.formatted(words.length),
				"bash", script.toString(), line)
			.redirectErrorStream(true)
			.start();
		List<String> completions = bash.inputReader().lines().map(String::strip).toList();
		assertThat(bash.waitFor()).as(completions.toString()).isZero();
		return completions;
	}

	@Test
	void zshCompletesCommandsAndOptions(@TempDir Path folder) throws IOException, InterruptedException {
		boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, "zsh")));
		assumeTrue(there || "required".equals(System.getenv("ADAPTIVE_ZSH")),
				"zsh is not installed; install it, or leave ADAPTIVE_ZSH unset");
		Path script = Files.writeString(folder.resolve("completion"), console().run("completion", "zsh").out());
		Process zsh = new ProcessBuilder("timeout", "60", "zsh", "-f", "src/test/resources/complete.zsh",
				script.toString(), "gsh rest", "gsh run --restart-m", "gsh repo l", "gsh ps --j")
			.redirectErrorStream(true)
			.start();
		zsh.getOutputStream().close();
		List<String> lines = zsh.inputReader().lines().toList();
		assertThat(zsh.waitFor()).as(lines.toString()).isZero();
		assertThat(lines).containsExactly("[gsh restart ]", "[gsh run --restart-max-delay ]", "[gsh repo ls ]",
				"[gsh ps --json ]");
	}

	@Test
	void theVersionIsTold() {
		assertThat(console().run("--version").out()).startsWith("gsh ").contains(", Java ");
	}

}
