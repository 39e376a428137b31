package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Control groups of this system around processes of groups.
 */
@SlowTest
class ControlGroupProcessTests {

	private static final String SLEEP = "Thread.sleep(600_000);";

	private final ControlGroups system = ControlGroups.ofThisSystem();

	@BeforeEach
	void requireControlGroups() {
		String problem = this.system.problem("memory") + this.system.problem("cpu");
		if (!"required".equals(System.getenv("ADAPTIVE_CONTROL_GROUPS"))) {
			Assumptions.assumeTrue(problem.isEmpty(), () -> "no control group can be made: " + problem);
		}
	}

	@Test
	void aGroupIsInThemUntilItIsRemoved() throws IOException {
		try (Groups groups = new Groups()) {
			Connection group = groups.group("limited", new GroupLimits(1, 0, 64 << 20));
			String id = Groups.run(group, Groups.job("sleep", SLEEP));
			GroupInfo info = Groups.info(group);
			assertThat(info.notes()).isEmpty();
			List<Path> folders = List.of(folder(groups, "memory"), folder(groups, "cpu"));
			for (Path each : folders) {
				assertThat(Files.readAllLines(each.resolve("cgroup.procs"))).contains(String.valueOf(info.pid()));
			}
			Path limit = folders.get(0).resolve("memory.limit_in_bytes");
			assertThat(Files.exists(limit) ? limit : folders.get(0).resolve("memory.max"))
				.hasContent(String.valueOf(384 << 20));
			// The next process is in them as well.
			Groups.kill(group);
			Connection again = groups.connection("limited");
			Groups.awaitStatus(again, id, JobStatus.RUNNING);
			assertThat(Files.readAllLines(folders.get(0).resolve("cgroup.procs")))
				.contains(String.valueOf(Groups.info(again).pid()));
			again.sendRecv(new RemoveJobs(List.of(id), true), JobResults.class);
			await().atMost(Groups.PATIENCE).until(() -> folders.stream().noneMatch(Files::exists));
		}
	}

	@Test
	void whatIsLeftWithoutDaemonIsDeletedByTheNextOne() throws Exception {
		try (Groups groups = new Groups()) {
			Connection group = groups.group("limited", new GroupLimits(1, 0, 64 << 20));
			String id = Groups.run(group, Groups.job("sleep", SLEEP));
			Path folder = folder(groups, "memory");
			ProcessHandle process = ProcessHandle.of(Groups.info(group).pid()).orElseThrow();
			groups.supervisor().close();
			group.sendRecv(new RemoveJobs(List.of(id), true), JobResults.class);
			process.onExit().get(Groups.PATIENCE.toSeconds(), TimeUnit.SECONDS);
			assertThat(folder).exists();
			await().atMost(Groups.PATIENCE).until(() -> Files.readString(folder.resolve("cgroup.procs")).isEmpty());
			assertThat(groups.restartSupervisor()).isEmpty();
			assertThat(folder).doesNotExist();
		}
	}

	@Test
	void aChildProcessThatTakesTooMuchMemoryIsKilledAndTheGroupLives() throws IOException {
		try (Groups groups = new Groups()) {
			Connection group = groups.group("limited", new GroupLimits(0, 0, 64 << 20));
			long pid = Groups.info(group).pid();
			// All of a line is kept by tail.
			String id = Groups.run(group, Groups.job("fills",
					"System.exit(new ProcessBuilder(\"sh\", \"-c\", \"head -c 1000m /dev/zero | tail -n 1 | wc -c\")"
							+ ".inheritIO().start().waitFor() + 5);"));
			Groups.awaitStatus(group, id, JobStatus.EXITED_ERR);
			assertThat(Groups.log(group, id, -1).strip()).isNotEqualTo("1048576000");
			assertThat(control(groups).killsForMemory()).isPositive();
			assertThat(Groups.info(group).pid()).isEqualTo(pid);
			Groups.kill(group);
			Connection again = groups.connection("limited");
			assertThat(Groups.info(again).notes()).singleElement()
				.asString()
				.endsWith(" by signal 9: the kernel has killed a process of its control group for memory");
		}
	}

	private Path folder(Groups groups, String controller) throws IOException {
		return this.system.find(controller).folder().resolve(control(groups).name());
	}

	private GroupControl control(Groups groups) {
		return new GroupControl(this.system, groups.work().groups().get(0));
	}

}
