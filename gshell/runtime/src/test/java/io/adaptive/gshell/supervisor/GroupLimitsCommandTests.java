package io.adaptive.gshell.supervisor;

import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.state.GroupFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GroupLimitsCommandTests {

	/** A system without control groups. */
	@TempDir
	private Path system;

	private GroupLimitsCommand command(GroupLimits limits) {
		return GroupLimitsCommand.of(limits, "name",
				new GroupControl(new ControlGroups(this.system), new GroupFolder(this.system.resolve("name-1"))));
	}

	@Test
	void theKernelsListsAreRead() {
		assertThat(Processors.parse("0-3,8").numbers()).containsExactly(0, 1, 2, 3, 8);
		assertThat(Processors.parse("5").numbers()).containsExactly(5);
		assertThat(Processors.ofThisProcess().numbers()).isNotEmpty();
	}

	@Test
	void processorsAreChosenInTurn() {
		Processors processors = Processors.parse("2-5");
		assertThat(processors.choose(2, "a").split(",", -1)).hasSize(2).isSubsetOf("2", "3", "4", "5");
		assertThat(processors.choose(9, "a").split(",", -1)).containsExactlyInAnyOrder("2", "3", "4", "5");
	}

	@Test
	void theHeapIsAnOption() {
		GroupLimitsCommand command = command(GroupLimits.DEFAULT);
		assertThat(command.options()).containsExactly("-Xmx262144k");
		assertThat(command.before()).containsExactly("setsid");
		assertThat(command.notes()).isEmpty();
	}

	@Test
	void moreProcessorsThanThereAreIsSaid() {
		int available = Runtime.getRuntime().availableProcessors();
		GroupLimitsCommand command = command(new GroupLimits(available + 1, 0, 256 << 20));
		assertThat(command.options()).contains("-XX:ActiveProcessorCount=" + available);
		assertThat(command.notes())
			.containsExactly("%s processors are wanted, the daemon has %s".formatted(available + 1, available));
	}

	@Test
	void realTimePriorityIsSetByChrtOrSaid() {
		GroupLimitsCommand command = command(new GroupLimits(0, 7, 256 << 20));
		String problem = CommandProbe.problem(List.of("chrt", "-r", "7"));
		if (problem.isEmpty()) {
			assertThat(command.before()).containsExactly("setsid", "chrt", "-r", "7");
			assertThat(command.notes()).isEmpty();
		}
		else {
			assertThat(command.before()).containsExactly("setsid");
			assertThat(command.notes()).containsExactly("real-time priority 7 is not set: " + problem);
		}
	}

	@Test
	@EnabledIf("isRoot")
	void aUserWithoutTheRightIsToldWhy() {
		assertThat(CommandProbe
			.problem(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "chrt", "-r", "7")))
			.contains("Operation not permitted");
	}

	/** Another user can be taken by root only. */
	static boolean isRoot() {
		return System.getProperty("user.name").equals("root");
	}

	@Test
	void aCommandThatIsMissingOrFailsIsNamed() {
		assertThat(CommandProbe.problem(List.of("no-such-command"))).isEqualTo("there is no command no-such-command");
		assertThat(CommandProbe.problem(List.of("sh", "-c", "echo not permitted >&2; exit 1")))
			.isEqualTo("not permitted");
		assertThat(CommandProbe.problem(List.of("false"))).isEqualTo("false has status 1");
		assertThat(CommandProbe.problem(List.of("env"))).isEmpty();
	}

}
