package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.KillJob;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.gshell.message.group.StartJobs;
import io.adaptive.gshell.message.group.StopJobs;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.GroupName;
import io.adaptive.gshell.state.JobFolder;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.CallSettings;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Groups that die, and a supervisor that starts anew.
 */
@SlowTest
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!gshell-recovery$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=gshell-recovery")
class GroupRecoveryTests {

	private static final String SLEEP = "System.out.println(\"begin\"); Thread.sleep(600_000);";

	private static final String FILL = "java.util.List<byte[]> all = new java.util.ArrayList<>();"
			+ " while (true) { all.add(new byte[1 << 20]); }";

	private Groups groups;

	@BeforeEach
	void open() throws IOException {
		this.groups = new Groups();
	}

	@AfterEach
	void close() throws IOException {
		this.groups.close();
	}

	@Test
	void aKilledGroupIsRightAgain() {
		Connection group = this.groups.group("five");
		List<String> running = new ArrayList<>();
		for (int index = 0; index < 5; index++) {
			running.add(Groups.run(group, Groups.job("running", SLEEP)));
		}
		List<String> stopped = List.of(Groups.run(group, Groups.job("stopped", SLEEP)),
				Groups.run(group, Groups.job("ended", "System.exit(4);")));
		Groups.awaitStatus(group, stopped.get(1), JobStatus.EXITED_ERR);
		running.forEach((id) -> Groups.awaitStatus(group, id, JobStatus.RUNNING));
		assertThat(group.sendRecv(new StopJobs(stopped.subList(0, 1)), JobResults.class).results())
			.extracting(JobResult::outcome)
			.containsExactly(Outcome.DONE);
		long begin = System.nanoTime();
		Groups.kill(group);
		Connection again = this.groups.connection("five");
		System.out.println("published again after ms: " + (System.nanoTime() - begin) / 1_000_000);
		for (String id : running) {
			assertThat(Groups.awaitStatus(again, id, JobStatus.RUNNING).restarts()).isEqualTo(1);
		}
		System.out.println("all running after ms: " + (System.nanoTime() - begin) / 1_000_000);
		for (String id : stopped) {
			JobRecord record = Groups.record(again, id);
			assertThat(record.status().isExited()).isTrue();
			assertThat(record.restarts()).isZero();
		}
		assertThat(Groups.record(again, stopped.get(1)).exitStatus()).isEqualTo(4);
		GroupInfo info = Groups.info(again);
		assertThat(info.starts()).isEqualTo(2);
		assertThat(info.notes()).singleElement()
			.asString()
			.startsWith("the process has ended at ")
			.endsWith(" by signal 9");
		await().atMost(Groups.PATIENCE)
			.untilAsserted(() -> assertThat(Groups.log(again, running.get(0), -1)).isEqualTo("begin\nbegin\n"));
	}

	@Test
	void aSupervisorThatStartsAnewStartsAndStopsNothing() {
		Connection one = this.groups.group("one");
		Connection other = this.groups.group("other");
		String id = Groups.run(one, Groups.job("sleep", SLEEP));
		String ending = Groups.run(other, Groups.job("read", "Thread.sleep(1000); System.exit(5);"));
		Groups.run(other, Groups.job("sleep", SLEEP));
		Map<String, Long> pids = this.groups.pids();
		assertThat(this.groups.restartSupervisor()).isEmpty();
		this.groups.supervisor()
			.groups()
			.forEach((name) -> assertThat(this.groups.supervisor().published(name)).succeedsWithin(Groups.PATIENCE));
		assertThat(this.groups.pids()).isEqualTo(pids).hasSize(2);
		assertThat(Groups.record(one, id).restarts()).isZero();
		assertThat(Groups.awaitStatus(other, ending, JobStatus.EXITED_ERR).exitStatus()).isEqualTo(5);
		// The next death is seen by the new one.
		Groups.kill(one);
		assertThat(Groups.awaitStatus(this.groups.connection("one"), id, JobStatus.RUNNING).restarts()).isEqualTo(1);
		assertThat(this.groups.pids()).containsEntry("other", pids.get("other"));
	}

	@Test
	void groupsWithoutAProcessAreStartedAsAfterARestartOfTheMachine() {
		Connection group = this.groups.group("one");
		String running = Groups.run(group, Groups.job("sleep", SLEEP));
		String ended = Groups.run(group, Groups.job("ended", ""));
		Groups.awaitStatus(group, ended, JobStatus.EXITED_OK);
		this.groups.supervisor().close();
		Groups.kill(group);
		assertThat(this.groups.restartSupervisor()).isEmpty();
		Connection again = this.groups.connection("one");
		assertThat(Groups.awaitStatus(again, running, JobStatus.RUNNING).restarts()).isEqualTo(1);
		assertThat(Groups.record(again, ended).status()).isEqualTo(JobStatus.EXITED_OK);
	}

	@Test
	void outOfMemoryEndsTheGroupAndIsInItsNotes() {
		Connection group = this.groups.group("full", new GroupLimits(0, 0, 64 << 20));
		String sleep = Groups.run(group, Groups.job("sleep", SLEEP));
		Groups.awaitStatus(group, sleep, JobStatus.RUNNING);
		ProcessHandle process = ProcessHandle.of(Groups.info(group).pid()).orElseThrow();
		String fill = Groups.run(group,
				Groups.job("fill", "if (new java.io.File(System.getProperty(\"gshell.job.dir\"),"
						+ " \"mark\").createNewFile()) { " + FILL + " } else { Thread.sleep(600_000); }"));
		assertThat(process.onExit()).succeedsWithin(Groups.PATIENCE);
		Connection again = this.groups.connection("full");
		assertThat(Groups.awaitStatus(again, sleep, JobStatus.RUNNING).restarts()).isEqualTo(1);
		assertThat(Groups.awaitStatus(again, fill, JobStatus.RUNNING).restarts()).isEqualTo(1);
		assertThat(Groups.info(again).notes()).singleElement().asString().contains("java.lang.OutOfMemoryError");
		assertThat(Groups.info(again).starts()).isEqualTo(2);
	}

	@Test
	void aStuckJobTakesNoOtherWithItAndIsKilledWithTheProcess() {
		Connection group = this.groups.group("stuck");
		String sleep = Groups.run(group, Groups.job("sleep", SLEEP));
		String stuck = Groups.run(group, Groups.job("stuck",
				"System.out.println(\"locks\"); java.math.BigInteger.TWO.pow(80_000_000).toString();"));
		await().atMost(Groups.PATIENCE).until(() -> Groups.log(group, stuck, -1).contains("locks"));
		JobResult stop = group.sendRecv(new StopJobs(List.of(stuck)), JobResults.class).results().get(0);
		assertThat(stop.outcome()).isEqualTo(Outcome.FAILED);
		assertThat(stop.text()).contains("is stuck");
		JobRecord record = Groups.record(group, stuck);
		assertThat(record.status()).isEqualTo(JobStatus.STUCK);
		assertThat(record.live().stacks()).anyMatch((stack) -> stack.contains("java.math.BigInteger"));
		assertThat(Groups.record(group, sleep).status()).isEqualTo(JobStatus.RUNNING);
		ProcessHandle process = ProcessHandle.of(Groups.info(group).pid()).orElseThrow();
		assertThat(group.sendRecv(new KillJob(stuck), JobResult.class).outcome()).isEqualTo(Outcome.DONE);
		assertThat(process.onExit()).succeedsWithin(Groups.PATIENCE);
		Connection again = this.groups.connection("stuck");
		assertThat(Groups.awaitStatus(again, sleep, JobStatus.RUNNING).restarts()).isEqualTo(1);
		assertThat(Groups.record(again, stuck).status()).isEqualTo(JobStatus.EXITED_OK);
		assertThat(Groups.record(again, stuck).exitStatus()).isEqualTo(137);
	}

	@Test
	void sigtermLeavesTheJobsToTheNextProcess() {
		Connection group = this.groups.group("term");
		String id = Groups.run(group,
				Groups.job("hook",
						"Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(\"hook\")));"
								+ " System.out.println(\"begin\"); Thread.sleep(600_000);"));
		await().atMost(Groups.PATIENCE).until(() -> Groups.log(group, id, -1).equals("begin\n"));
		ProcessHandle process = ProcessHandle.of(Groups.info(group).pid()).orElseThrow();
		process.destroy();
		assertThat(process.onExit()).succeedsWithin(Groups.PATIENCE);
		Connection again = this.groups.connection("term");
		assertThat(Groups.awaitStatus(again, id, JobStatus.RUNNING).restarts()).isEqualTo(1);
		await().atMost(Groups.PATIENCE)
			.untilAsserted(() -> assertThat(Groups.log(again, id, -1)).isEqualTo("begin\nhook\nbegin\n"));
	}

	@Test
	void killedAtAnyMomentTheStateIsReadableAndTrue() throws InterruptedException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		System.out.println("seed " + seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.getLong("gshell.recovery.seconds", 40));
		Connection group = this.groups.group("random");
		String anchor = Groups.run(group, Groups.job("anchor", SLEEP));
		Set<String> running = new HashSet<>(Set.of(anchor));
		Set<String> stopped = new HashSet<>();
		Set<String> uncertain = new HashSet<>();
		int deaths = 0;
		while (System.nanoTime() - end < 0) {
			ProcessHandle process = ProcessHandle.of(Groups.info(group).pid()).orElseThrow();
			Thread killer = new Thread(() -> {
				try {
					Thread.sleep(random.nextInt(1500));
				}
				catch (InterruptedException ex) {
					// Killed at once.
				}
				process.destroyForcibly();
			});
			killer.start();
			work(group, random, running, stopped, uncertain);
			killer.join();
			process.onExit().join();
			deaths++;
			group = this.groups.connection("random");
			check(group, running, stopped, uncertain, seed);
		}
		System.out.println("deaths: " + deaths);
		assertThat(Groups.info(group).starts()).isEqualTo(deaths + 1);
	}

	/**
	 * Runs, stops, starts and removes jobs until the group is killed.
	 */
	private static void work(Connection group, Random random, Set<String> running, Set<String> stopped,
			Set<String> uncertain) {
		CallSettings bounded = CallSettings.DEFAULT.timeout(Groups.PATIENCE);
		String current = null;
		try {
			while (true) {
				int choice = random.nextInt(4);
				if (choice == 0 && running.size() < 6) {
					current = null;
					running.add(Groups.run(group, Groups.job("sleep", SLEEP)));
				}
				else if (choice == 1 && running.size() > 2) {
					current = running.iterator().next();
					group.sendRecv(new StopJobs(List.of(current)), JobResults.class, bounded);
					running.remove(current);
					stopped.add(current);
				}
				else if (choice == 2 && !stopped.isEmpty()) {
					current = stopped.iterator().next();
					group.sendRecv(new StartJobs(List.of(current)), JobResults.class, bounded);
					stopped.remove(current);
					running.add(current);
				}
				else if (choice == 3 && stopped.size() > 2) {
					current = stopped.iterator().next();
					uncertain.add(current);
					group.sendRecv(new RemoveJobs(List.of(current), false), JobResults.class, bounded);
					stopped.remove(current);
				}
			}
		}
		catch (AdaptiveException ex) {
			// Killed meanwhile: this one is in the state before or after.
			if (current != null) {
				running.remove(current);
				stopped.remove(current);
				uncertain.add(current);
			}
		}
	}

	private void check(Connection group, Set<String> running, Set<String> stopped, Set<String> uncertain, long seed) {
		for (String id : running) {
			assertThat(Groups.awaitStatus(group, id, JobStatus.RUNNING).restarts()).as("seed %s", seed).isPositive();
		}
		for (String id : stopped) {
			assertThat(Groups.record(group, id).status()).as("seed %s", seed).isEqualTo(JobStatus.EXITED_OK);
		}
		JobList all = group.sendRecv(new ListJobs(List.of()), JobList.class);
		assertThat(all.problems()).as("seed %s", seed).isEmpty();
		GroupFolder folder = this.groups.work().group(new GroupName("random", Groups.VERSION));
		assertThat(folder.list()).extracting(JobFolder::id)
			.as("seed %s", seed)
			.containsExactlyInAnyOrderElementsOf(all.jobs().stream().map(JobRecord::id).toList());
		for (JobRecord record : all.jobs()) {
			// A run whose answer was lost counts from now on.
			if (!running.contains(record.id()) && !stopped.contains(record.id())) {
				assertThat(record.status()).as("seed %s", seed)
					.isIn(JobStatus.STARTING, JobStatus.RUNNING, JobStatus.EXITED_OK);
				(record.status().isExited() ? stopped : running).add(record.id());
			}
		}
		for (JobFolder each : folder.list()) {
			StoredJob stored = each.read();
			assertThat(each.bundle(stored.definition().bundle()).app()).isNotEmpty();
		}
		uncertain.clear();
	}

	@Test
	void stateOfANewerFormatIsRefusedInWordsAndTheOthersGoOn() throws IOException {
		Connection group = this.groups.group("one");
		String id = Groups.run(group, Groups.job("sleep", SLEEP));
		this.groups.supervisor().close();
		Groups.kill(group);
		Path file = this.groups.work().group(new GroupName("newer", "1")).path();
		Files.createDirectories(file.resolve("jobs"));
		Files.writeString(file.resolve("group.json"), "{ \"format\": 99 }");
		assertThat(this.groups.restartSupervisor()).singleElement()
			.asString()
			.endsWith(
					"group.json has format 99, this version knows 1 at most; use the version that wrote it, or a newer one");
		assertThat(Groups.awaitStatus(this.groups.connection("one"), id, JobStatus.RUNNING).restarts()).isEqualTo(1);
	}

}
