package io.adaptive.gshell.command;

import java.util.List;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class LongOptionsTests {

	private final CommandLine commands = CommandTree.of(CommandEnvironment.ofProcess(),
			new ExecCommand(CommandEnvironment.ofProcess()));

	private List<String> normalize(String... args) {
		return LongOptions.normalize(this.commands, List.of(args));
	}

	@Test
	void aLongOptionMayHaveOneDash() {
		assertThat(normalize("-provider", "self", "run", "-group", "g", "-rm", "-restart=3", "app"))
			.containsExactly("--provider", "self", "run", "--group", "g", "--rm", "--restart=3", "app");
		assertThat(normalize("-help")).containsExactly("--help");
	}

	@Test
	void argumentsOfAnAppAreLeftAlone() {
		assertThat(normalize("run", "-i", "app", "-group", "-rm")).containsExactly("run", "-i", "app", "-group", "-rm");
		assertThat(normalize("exec", "app", "-help")).containsExactly("exec", "app", "-help");
		assertThat(normalize("ps", "--", "-group")).containsExactly("ps", "--", "-group");
	}

	@Test
	void whatIsNoOptionIsLeftToBeRefused() {
		assertThat(normalize("ps", "-nonsense", "-n5")).containsExactly("ps", "-nonsense", "-n5");
		assertThat(normalize("log", "-n", "-5", "daemon")).containsExactly("log", "-n", "-5", "daemon");
	}

	@Test
	void theValueOfAnOptionIsNoOption() {
		assertThat(normalize("run", "--group", "-rm", "app")).containsExactly("run", "--group", "-rm", "app");
	}

}
