package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.state.GroupFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Control groups in recorded trees of both versions, which are ordinary files.
 */
class GroupControlTests {

	private static final String MOUNTS_1 = """
			23 1 0:22 / / rw,relatime - ext4 /dev/vda rw
			32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
			35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
			41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
			""";

	private static final String MOUNTS_2 = """
			23 1 0:22 / / rw,relatime - ext4 /dev/vda rw
			30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot
			""";

	private static final GroupLimits LIMITS = new GroupLimits(1, 0, 64 << 20);

	@TempDir
	private Path root;

	private void record(String memberships, String mounts, Map<String, String> files) throws IOException {
		Path self = Files.createDirectories(this.root.resolve("proc/self"));
		Files.writeString(self.resolve("cgroup"), memberships);
		Files.writeString(self.resolve("mountinfo"), mounts);
		for (Map.Entry<String, String> file : files.entrySet()) {
			Path path = this.root.resolve("sys/fs/cgroup").resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.writeString(path, file.getValue());
		}
	}

	private GroupControl control() {
		return new GroupControl(new ControlGroups(this.root), new GroupFolder(Path.of("/wd/groups/demo-1.0")));
	}

	private List<String> made() throws IOException {
		try (Stream<Path> files = Files.walk(this.root.resolve("sys/fs/cgroup"))) {
			return files.filter((file) -> file.getFileName().toString().startsWith("gshell-"))
				.map((file) -> this.root.resolve("sys/fs/cgroup").relativize(file).toString())
				.sorted()
				.toList();
		}
	}

	@Test
	void version1HasAControlGroupForEachController() throws IOException {
		record("9:memory:/user/a\n5:cpu,cpuacct:/user\n0::/\n", MOUNTS_1,
				Map.of("memory/user/a/tasks", "", "cpu,cpuacct/user/tasks", ""));
		GroupControl control = control();
		Path memory = control.limitMemory(64 << 20);
		Path processors = control.limitProcessors(2);
		String name = memory.getParent().getFileName().toString();
		assertThat(name).matches("gshell-[0-9a-f]{8}-demo-1\\.0");
		assertThat(made()).containsExactly("cpu,cpuacct/user/" + name, "memory/user/a/" + name);
		assertThat(memory.resolveSibling("memory.limit_in_bytes")).hasContent(String.valueOf(384 << 20));
		assertThat(processors.resolveSibling("cpu.cfs_period_us")).hasContent("100000");
		assertThat(processors.resolveSibling("cpu.cfs_quota_us")).hasContent("200000");
		Files.writeString(memory.resolveSibling("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
		assertThat(control.killsForMemory()).isEqualTo(3);
	}

	@Test
	void version2HasOneBesideTheDaemonWhereItMayBeWritten() throws IOException {
		record("0::/user.slice/app.slice/gshell.service\n", MOUNTS_2,
				Map.of("user.slice/app.slice/cgroup.subtree_control", "cpu memory pids\n",
						"user.slice/app.slice/gshell.service/cgroup.subtree_control", "",
						"user.slice/app.slice/gshell.service/cgroup.controllers", ""));
		GroupControl control = control();
		Path memory = control.limitMemory(64 << 20);
		Path processors = control.limitProcessors(3);
		assertThat(memory).isEqualTo(processors);
		assertThat(memory.getParent().getParent()).isEqualTo(this.root.resolve("sys/fs/cgroup/user.slice/app.slice"));
		assertThat(memory.resolveSibling("memory.max")).hasContent(String.valueOf(384 << 20));
		assertThat(memory.resolveSibling("cpu.max")).hasContent("300000 100000");
		Files.writeString(memory.resolveSibling("memory.events"), "low 0\noom 2\noom_kill 1\noom_group_kill 0\n");
		assertThat(control.killsForMemory()).isOne();
	}

	@Test
	void askingForAProblemChangesNothing() throws IOException {
		record("0::/\n", MOUNTS_2, Map.of("cgroup.subtree_control", "", "cgroup.controllers", "cpu memory\n"));
		ControlGroups groups = new ControlGroups(this.root);
		assertThat(groups.problem("memory")).isEmpty();
		Path tree = this.root.resolve("sys/fs/cgroup");
		assertThat(tree.resolve("cgroup.subtree_control")).hasContent("");
		Files.writeString(tree.resolve("cgroup.type"), "domain\n");
		Files.writeString(tree.resolve("cgroup.procs"), "17\n");
		assertThat(groups.problem("memory")).startsWith("no control group at ").endsWith(" hands memory on");
		assertThat(tree.resolve("cgroup.subtree_control")).hasContent("");
	}

	@Test
	void version2HandsAControllerOnIfItCan() throws IOException {
		record("0::/\n", MOUNTS_2, Map.of("cgroup.subtree_control", "", "cgroup.controllers", "cpu memory\n"));
		Path memory = control().limitMemory(1 << 20);
		assertThat(memory.getParent().getParent()).isEqualTo(this.root.resolve("sys/fs/cgroup"));
		assertThat(this.root.resolve("sys/fs/cgroup/cgroup.subtree_control")).hasContent("+memory");
	}

	@Test
	void aContainerSeesThePartOfTheTreeThatIsMounted() throws IOException {
		record("9:memory:/docker/abc/inner\n",
				"35 31 0:32 /docker/abc /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n",
				Map.of("memory/inner/tasks", ""));
		assertThat(control().limitMemory(1 << 20).getParent().getParent())
			.isEqualTo(this.root.resolve("sys/fs/cgroup/memory/inner"));
	}

	@Test
	void withoutOneTheAnswerSaysWhy() throws IOException {
		ControlGroups groups = new ControlGroups(this.root);
		assertThat(groups.problem("memory")).startsWith("control groups cannot be read: ");
		record("0::/\n", "23 1 0:22 / / rw,relatime - ext4 /dev/vda rw\n", Map.of());
		assertThat(groups.problem("memory")).isEqualTo("the system has no control groups for memory");
		record("0::/a\n", MOUNTS_2, Map.of("a/cgroup.subtree_control", "", "a/cgroup.controllers", "pids\n",
				"cgroup.controllers", "pids\n"));
		assertThat(groups.problem("memory")).startsWith("no control group at ").endsWith(" hands memory on");
		GroupLimitsCommand command = GroupLimitsCommand.of(LIMITS, "demo", control());
		assertThat(command.notes()).singleElement()
			.asString()
			.startsWith("the heap of the group is limited, not its other memory: no control group at ");
		assertThat(GroupLimitsCommand.of(GroupLimits.DEFAULT, "demo", control()).notes()).isEmpty();
	}

	@Test
	void theGroupEntersAllOfThemBeforeItRuns() throws Exception {
		record("9:memory:/\n5:cpu:/\n", MOUNTS_1, Map.of("memory/tasks", "", "cpu,cpuacct/tasks", ""));
		Path one = this.root.resolve("one file");
		Path other = this.root.resolve("other");
		Process process = new ProcessBuilder(Stream
			.concat(GroupControl.enter(new LinkedHashSet<>(List.of(one, other))).stream(),
					Stream.of("sh", "-c", "echo $$; exit 7"))
			.toList()).start();
		assertThat(process.waitFor()).isEqualTo(7);
		String pid = String.valueOf(process.pid());
		assertThat(process.inputReader().readLine()).isEqualTo(pid);
		assertThat(one).hasContent(pid);
		assertThat(other).hasContent(pid);
		assertThat(CommandProbe.problem(GroupControl.enter(Set.of(this.root.resolve("no/such"))))).contains("no/such");
	}

	@Test
	void emptyOnesOfTheWorkingDirectoryAreDeleted() throws IOException {
		record("9:memory:/\n", MOUNTS_1, Map.of("memory/tasks", ""));
		Path gone = control().limitMemory(1 << 20).getParent();
		Files.delete(gone.resolve("memory.limit_in_bytes"));
		ControlGroups groups = new ControlGroups(this.root);
		Path foreign = new GroupControl(groups, new GroupFolder(Path.of("/other/groups/demo-1.0"))).limitMemory(1 << 20)
			.getParent();
		GroupControl.sweep(groups, Path.of("/wd/groups"));
		assertThat(gone).doesNotExist();
		assertThat(foreign).exists();
	}

}
