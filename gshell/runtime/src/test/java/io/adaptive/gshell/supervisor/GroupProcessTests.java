package io.adaptive.gshell.supervisor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.gshell.message.group.RestartJobs;
import io.adaptive.gshell.message.group.StartJobs;
import io.adaptive.gshell.message.group.StopJobs;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A group in a process of its own, and what can be done with its jobs.
 */
@SlowTest
class GroupProcessTests {

	private static final String SLEEP = "System.out.println(\"begin\"); Thread.sleep(600_000);";

	private Groups groups;

	@BeforeEach
	void open() throws Exception {
		this.groups = new Groups();
	}

	@AfterEach
	void close() throws Exception {
		this.groups.close();
	}

	@Test
	void aJobRunsAndIsRemovedWithItsGroup() {
		long begin = System.nanoTime();
		Connection group = this.groups.group("hello");
		System.out.println("group published after ms: " + (System.nanoTime() - begin) / 1_000_000);
		String id = Groups.run(group, Groups.job("hello", "System.out.println(\"Hello \" + args[0]);", "Ada"));
		System.out.println("first run after ms: " + (System.nanoTime() - begin) / 1_000_000);
		JobRecord record = Groups.awaitStatus(group, id, JobStatus.EXITED_OK);
		assertThat(record.exitStatus()).isZero();
		assertThat(record.arguments()).containsExactly("Ada");
		assertThat(Groups.log(group, id, -1)).isEqualTo("Hello Ada\n");
		for (int index = 0; index < 5; index++) {
			begin = System.nanoTime();
			Groups.run(group, Groups.job("hello", "System.out.println(\"Hello \" + args[0]);", "Ada"));
			System.out.println("run again ms: " + (System.nanoTime() - begin) / 1_000_000);
		}
		GroupInfo info = Groups.info(group);
		System.out.println(info);
		assertThat(info.jobs()).isEqualTo(6);
		System.out.println(Groups.log(group, null, -1));
		JobResults removed = group.sendRecv(new RemoveJobs(List.of("hello"), false), JobResults.class);
		assertThat(removed.results()).singleElement().extracting(JobResult::outcome).isEqualTo(Outcome.AMBIGUOUS);
	}

	@Test
	void aJobIsStoppedStartedRestartedAndRemoved() {
		Connection group = this.groups.group("one");
		String id = Groups.run(group, Groups.job("sleep", SLEEP));
		Groups.awaitStatus(group, id, JobStatus.RUNNING);
		done(group.sendRecv(new StopJobs(List.of(id.substring(0, 4))), JobResults.class));
		JobRecord stopped = Groups.record(group, id);
		assertThat(stopped.status()).isEqualTo(JobStatus.EXITED_OK);
		assertThat(stopped.exitStatus()).isEqualTo(143);
		assertThat(group.sendRecv(new StopJobs(List.of(id)), JobResults.class).results()).extracting(JobResult::outcome)
			.containsExactly(Outcome.WRONG_STATE);
		done(group.sendRecv(new StartJobs(List.of("sleep")), JobResults.class));
		Groups.awaitStatus(group, id, JobStatus.RUNNING);
		done(group.sendRecv(new RestartJobs(List.of("sleep")), JobResults.class));
		Groups.awaitStatus(group, id, JobStatus.RUNNING);
		await().atMost(Groups.PATIENCE)
			.untilAsserted(() -> assertThat(Groups.log(group, id, -1)).isEqualTo("begin\nbegin\nbegin\n"));
		assertThat(Groups.record(group, id).restarts()).isZero();
		assertThat(group.sendRecv(new RemoveJobs(List.of(id), false), JobResults.class).results())
			.extracting(JobResult::outcome)
			.containsExactly(Outcome.WRONG_STATE);
		ProcessHandle process = ProcessHandle.of(Groups.info(group).pid()).orElseThrow();
		done(group.sendRecv(new RemoveJobs(List.of(id), true), JobResults.class));
		assertThat(process.onExit()).succeedsWithin(Groups.PATIENCE);
		await().atMost(Groups.PATIENCE).until(() -> this.groups.supervisor().groups().isEmpty());
		assertThat(this.groups.work().groups()).isEmpty();
	}

	@Test
	void aGroupHasItsLimitsAndOthersAreRefused() throws Exception {
		GroupLimits limits = new GroupLimits(1, 0, 100L << 20);
		Connection group = this.groups.group("limited", limits);
		String id = Groups.run(group,
				Groups.job("show", "System.out.println(Runtime.getRuntime().availableProcessors());"
						+ " System.out.println(Runtime.getRuntime().maxMemory() >> 20); Thread.sleep(600_000);"));
		await().atMost(Groups.PATIENCE)
			.untilAsserted(() -> assertThat(Groups.log(group, id, -1)).startsWith("1\n").hasLineCount(2));
		GroupInfo info = Groups.info(group);
		assertThat(info.limits()).isEqualTo(limits);
		assertThat(Files.readAllLines(Path.of("/proc/" + info.pid() + "/status")))
			.anyMatch((line) -> line.matches("Cpus_allowed_list:\\s+\\d+"));
		String[] stat = Files.readString(Path.of("/proc/" + info.pid() + "/stat"))
			.replaceAll(".*\\) ", "")
			.split(" ", -1);
		assertThat(stat[3]).as("session").isEqualTo(String.valueOf(info.pid()));
		assertThatExceptionOfType(GroupException.class)
			.isThrownBy(() -> this.groups.group("limited", GroupLimits.DEFAULT))
			.withMessage("group limited runs with other limits (maxprocs 1, rt 0, memory 100 MB); leave them out,"
					+ " or name another group");
		assertThat(Groups.info(this.groups.group("limited", limits)).pid()).isEqualTo(info.pid());
	}

	private static void done(JobResults results) {
		assertThat(results.results())
			.allSatisfy((result) -> assertThat(result.outcome()).as(result.text()).isEqualTo(Outcome.DONE));
	}

}
