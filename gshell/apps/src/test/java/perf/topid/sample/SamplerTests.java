package perf.topid.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.proc.KernelUnits;
import perf.topid.proc.ProcFolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link Sampler}, on a clock and a {@code /proc} of the test.
 */
class SamplerTests {

	@TempDir
	private Path root;

	private ProcTree proc;

	private long now;

	@BeforeEach
	void makeTree() {
		this.proc = new ProcTree(this.root);
	}

	private Sampler sampler(Details details) {
		return new Sampler(new ProcFolder(this.root.toString()), KernelUnits.USUAL, details, () -> this.now);
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private static ProcessUsage find(List<ProcessUsage> processes, int pid) {
		return processes.stream().filter((each) -> each.pid() == pid).findFirst().orElseThrow();
	}

	@Test
	void ratesAreOverTheTimeBetweenTwoReadings() throws IOException {
		Sampler sampler = sampler(Details.NONE);
		this.proc.process(7, "busy", 1, 500, 1000, 200, 1);
		ProcessUsage first = find(sampler.sample(), 7);
		assertThat(first)
			.isEqualTo(new ProcessUsage(7, 500, 1, "busy", "", false, 20, 0, 0, OptionalLong.of(100), List.of()));
		this.proc.process(7, "busy", 1, 500, 1030, 210, 1);
		pass(Duration.ofMillis(500));
		ProcessUsage second = find(sampler.sample(), 7);
		assertThat(second.user()).isEqualTo(60, within(1e-9));
		assertThat(second.system()).isEqualTo(20, within(1e-9));
		pass(Duration.ofSeconds(20));
		this.proc.process(7, "busy", 1, 500, 1030 + 2000, 210, 1);
		assertThat(find(sampler.sample(), 7).cpu()).isEqualTo(100, within(1e-9));
	}

	@Test
	void aProcessWithTheIdOfAnotherBeginsAnew() throws IOException {
		Sampler sampler = sampler(new Details(false, true, false));
		this.proc.process(7, "old", 1, 500, 10, 0, 1);
		sampler.sample();
		pass(Duration.ofSeconds(1));
		this.proc.process(7, "new", 1, 900, 5000, 4000, 1);
		ProcessUsage other = find(sampler.sample(), 7);
		assertThat(other.start()).isEqualTo(900);
		assertThat(other.cpu()).isZero();
		assertThat(other.commandLine()).isEqualTo("/bin/new --option");
		pass(Duration.ofSeconds(1));
		this.proc.process(7, "new", 1, 900, 5010, 4000, 1);
		assertThat(find(sampler.sample(), 7).cpu()).isEqualTo(10, within(1e-9));
	}

	@Test
	void anIdThatWasFreeForASampleBeginsAnew() throws IOException {
		Sampler sampler = sampler(Details.NONE);
		this.proc.process(7, "old", 1, 500, 10, 0, 1);
		sampler.sample();
		this.proc.remove(7);
		pass(Duration.ofSeconds(1));
		assertThat(sampler.sample()).isEmpty();
		this.proc.process(7, "old", 1, 500, 900, 0, 1);
		pass(Duration.ofSeconds(1));
		assertThat(find(sampler.sample(), 7).cpu()).isZero();
	}

	@Test
	void aProgramThatReplacesItselfKeepsItsSeries() throws IOException {
		Sampler sampler = sampler(new Details(false, true, false));
		this.proc.process(7, "sh", 1, 500, 10, 0, 1);
		assertThat(find(sampler.sample(), 7).commandLine()).isEqualTo("/bin/sh --option");
		pass(Duration.ofSeconds(1));
		this.proc.process(7, "java", 1, 500, 60, 0, 1);
		ProcessUsage usage = find(sampler.sample(), 7);
		assertThat(usage.name()).isEqualTo("java");
		assertThat(usage.commandLine()).isEqualTo("/bin/java --option");
		assertThat(usage.cpu()).isEqualTo(50, within(1e-9));
	}

	@Test
	void whatVanishesWhileItIsLookedAtIsLeftOut() throws IOException {
		Sampler sampler = sampler(new Details(true, true, true));
		this.proc.process(7, "stays", 1, 500, 10, 0, 1);
		Files.createDirectories(this.root.resolve("8"));
		this.proc.write("9/stat", "");
		this.proc.process(10, "half", 1, 500, 10, 0, 1);
		Files.delete(this.root.resolve("10/cmdline"));
		assertThat(sampler.sample()).extracting(ProcessUsage::pid).containsExactly(7);
	}

	@Test
	void aCounterThatIsCorrectedDownwardsIsNoRate() throws IOException {
		Sampler sampler = sampler(Details.NONE);
		this.proc.process(7, "vm", 1, 500, 1000, 10, 1);
		sampler.sample();
		pass(Duration.ofSeconds(1));
		this.proc.process(7, "vm", 1, 500, 990, 20, 1);
		assertThat(find(sampler.sample(), 7)).satisfies((usage) -> {
			assertThat(usage.user()).isZero();
			assertThat(usage.system()).isEqualTo(10, within(1e-9));
		});
	}

	@Test
	void threadsAreKnownByIdAndStart() throws IOException {
		Sampler sampler = sampler(new Details(true, false, false));
		this.proc.process(7, "java", 1, 500, 10, 0, 2);
		this.proc.thread(7, 7, "main", 500, 10, 0);
		this.proc.thread(7, 9, "worker", 600, 50, 0);
		assertThat(find(sampler.sample(), 7).threads()).extracting(ThreadUsage::cpu).containsExactly(0.0, 0.0);
		pass(Duration.ofSeconds(1));
		this.proc.thread(7, 7, "main", 500, 30, 10);
		this.proc.thread(7, 9, "another", 700, 5000, 0);
		List<ThreadUsage> threads = find(sampler.sample(), 7).threads();
		assertThat(threads).extracting(ThreadUsage::name).containsExactly("main", "another");
		assertThat(threads.get(0).cpu()).isEqualTo(30, within(1e-9));
		assertThat(threads.get(1).cpu()).isZero();
	}

	@Test
	void proportionalMemoryIsLookedAtInEverySixteenthSample() throws IOException {
		Sampler sampler = sampler(new Details(false, false, true));
		this.proc.process(7, "java", 1, 500, 10, 0, 1);
		this.proc.process(8, "secret", 1, 500, 10, 0, 1);
		this.proc.write("7/smaps_rollup", "Pss: 41 kB\n");
		assertThat(sampler.sample()).extracting(ProcessUsage::memory)
			.containsExactly(OptionalLong.of(41), OptionalLong.empty());
		this.proc.write("7/smaps_rollup", "Pss: 42 kB\n");
		for (int sample = 2; sample <= 16; sample++) {
			assertThat(find(sampler.sample(), 7).memory()).hasValue(41);
		}
		assertThat(find(sampler.sample(), 7).memory()).hasValue(42);
	}

	@Test
	void manyProcessesAndThreads() throws IOException {
		Sampler sampler = sampler(new Details(true, true, false));
		this.proc.process(1024, "many", 1, 1, 0, 0, 10_000);
		this.proc.thread(1024, 10_001, "thread", 1, 0, 0);
		this.proc.process(1, "one", 0, 1, 0, 0, 1);
		for (int pid = 2; pid < 1024; pid++) {
			Files.createSymbolicLink(this.root.resolve(String.valueOf(pid)), Path.of("1"));
		}
		for (int tid = 10_002; tid <= 20_000; tid++) {
			Files.createSymbolicLink(this.root.resolve("1024/task/" + tid), Path.of("10001"));
		}
		List<ProcessUsage> processes = sampler.sample();
		assertThat(processes).hasSize(1024);
		assertThat(find(processes, 1024).threads()).hasSize(10_000);
	}

	@Test
	void treesOfProcesses() {
		List<ProcessUsage> processes = List.of(usage(1, 0), usage(2, 0), usage(5, 1), usage(6, 5), usage(7, 99),
				usage(8, 9), usage(9, 8));
		ProcessForest forest = new ProcessForest(processes);
		assertThat(forest.roots()).extracting(ProcessUsage::pid).containsExactly(1, 2, 7);
		assertThat(forest.withDescendants(forest.roots())).extracting(ProcessUsage::pid).containsExactly(1, 5, 6, 2, 7);
		assertThat(forest.roots((process) -> process.pid() >= 5 && process.pid() <= 7)).extracting(ProcessUsage::pid)
			.containsExactly(5, 7);
	}

	private static ProcessUsage usage(int pid, int parent) {
		return new ProcessUsage(pid, 1, parent, "p", "", false, 20, 0, 0, OptionalLong.empty(), List.of());
	}

}
