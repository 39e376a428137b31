package io.adaptive.gshell.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.message.group.GroupLimits;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.ListJobs;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.stream.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thousand runs and removals in one group leave nothing: no thread, descriptor, class
 * or file, and no memory.
 */
@SlowTest
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!gshell-recovery$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=gshell-recovery")
class ManyRunsTests {

	private static final int RUNS = Integer.getInteger("gshell.many.runs", 1000);

	/**
	 * Until pools have their sizes and what is loaded once is loaded: the group looks for
	 * what the codec has left 30 seconds after the end of each job, from then on beside
	 * the jobs that run.
	 */
	private static final Duration BEFORE = Duration.ofSeconds(60);

	/** Idle threads of pools end after a minute. */
	private static final Duration IDLE = Duration.ofMinutes(5);

	/**
	 * One with messages, of which one is shared with other jobs, and a thread that does
	 * not end.
	 */
	private static final String WORKS = """
			public class Main {
				record Ping(int number) { }
				public static void main(String[] args) throws Exception {
					try (io.adaptive.node.AdaptiveNode node = io.adaptive.node.AdaptiveNode.builder().build()) {
						node.newServer().publish(io.adaptive.server.Service.named("test", "runs")
							.handle(Ping.class, (ping) -> new Pong(ping.number() + 1)));
						Thread thread = new Thread(() -> System.out.println(node.newClient().discover("test", "runs")
							.sendRecv(new Ping(1), Pong.class)));
						thread.start();
						thread.join();
					}
					new Thread(() -> { while (true) { } }).start();
					System.exit(3);
				}
			}
			record Pong(int number) { }
			""";

	private static final String SHOWS = "for (int i = 0; i < 5; i++) { System.gc(); Thread.sleep(100); }"
			+ " System.out.println(java.lang.management.ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());";

	@Test
	void nothingIsLeft() throws IOException {
		try (Groups groups = new Groups()) {
			Connection group = groups.group("many", new GroupLimits(0, 0, 64 << 20));
			Groups.run(group, Groups.job("anchor", "Thread.sleep(86_400_000);"));
			Path process = Path.of("/proc/" + Groups.info(group).pid());
			long start = System.nanoTime();
			while (System.nanoTime() - start < BEFORE.toNanos()) {
				runs(group, 10);
			}
			State before = state(group, process);
			long begin = System.nanoTime();
			runs(group, RUNS);
			System.out.printf("%s runs and removals: %s ms each%n", RUNS,
					(System.nanoTime() - begin) / 1_000_000 / RUNS);
			System.out.println("before " + before + ", after " + state(group, process));
			// Idle threads of pools end and references are cleared in their own time.
			await().atMost(IDLE).untilAsserted(() -> assertThat(state(group, process)).satisfies((after) -> {
				assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
				assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors());
				assertThat(after.classes()).isLessThanOrEqualTo(before.classes() + 20);
				assertThat(after.residentKilobytes()).isLessThanOrEqualTo(before.residentKilobytes() + 16 * 1024);
			}));
			JobList jobs = group.sendRecv(new ListJobs(List.of()), JobList.class);
			assertThat(jobs.jobs()).hasSize(1);
			assertThat(groups.work().groups().get(0).list()).hasSize(1);
		}
	}

	private static void runs(Connection group, int count) {
		for (int run = 0; run < count; run++) {
			String id = Groups.run(group, Groups.job("works", WORKS));
			assertThat(Groups.awaitStatus(group, id, JobStatus.EXITED_ERR).exitStatus()).isEqualTo(3);
			remove(group, id);
		}
	}

	private static void remove(Connection group, String id) {
		assertThat(group.sendRecv(new RemoveJobs(List.of(id), false), JobResults.class).results())
			.extracting(JobResult::outcome)
			.containsExactly(Outcome.DONE);
	}

	private static State state(Connection group, Path process) throws IOException {
		String id = Groups.run(group, Groups.job("shows", SHOWS));
		Groups.awaitStatus(group, id, JobStatus.EXITED_OK);
		int classes = Integer.parseInt(Groups.log(group, id, -1).strip());
		remove(group, id);
		try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
			return new State(field(process, "Threads"), (int) descriptors.count(), classes, field(process, "VmRSS"));
		}
	}

	private static int field(Path process, String name) throws IOException {
		return Files.readAllLines(process.resolve("status"))
			.stream()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.replaceAll("\\D", ""))
			.map(Integer::parseInt)
			.findFirst()
			.orElseThrow();
	}

	private record State(int threads, int descriptors, int classes, int residentKilobytes) {

	}

}
