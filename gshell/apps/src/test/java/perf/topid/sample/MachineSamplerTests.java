package perf.topid.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import perf.topid.proc.ProcFolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MachineSampler}.
 */
class MachineSamplerTests {

	@TempDir
	private Path root;

	private static double value(List<MachineSeries> series, String name) {
		return series.stream().filter((each) -> each.name().equals(name)).findFirst().orElseThrow().value();
	}

	@Test
	void sharesOfTheTimeOfEachProcessorAndMemory() throws IOException {
		ProcTree proc = new ProcTree(this.root);
		MachineSampler sampler = new MachineSampler(new ProcFolder(this.root.toString()));
		proc.write("stat", "cpu 0 0 0 0\ncpu0 100 0 100 1000 50 0 0 0 60 0\n");
		proc.write("meminfo", "MemTotal: 1000 kB\nMemFree: 200 kB\nMemAvailable: 600 kB\nCached: 300 kB\n");
		assertThat(sampler.sample()).containsExactly(new MachineSeries("memory.available", 600),
				new MachineSeries("memory.cache", 300), new MachineSeries("memory.free", 200),
				new MachineSeries("memory.buffers", 0), new MachineSeries("memory.shmem", 0),
				new MachineSeries("memory.used", 500));
		proc.write("stat", "cpu 0 0 0 0\ncpu0 130 0 110 1055 45 0 0 5 80 0\ncpu1 1 1 1 1\n");
		List<MachineSeries> series = sampler.sample();
		assertThat(series).hasSize(16);
		assertThat(series.subList(0, 10)).extracting(MachineSeries::name)
			.containsExactly("cpu0.user", "cpu0.nice", "cpu0.system", "cpu0.idle", "cpu0.iowait", "cpu0.irq",
					"cpu0.softirq", "cpu0.steal", "cpu0.guest", "cpu0.guestnice");
		// 95 ticks have passed: iowait was corrected downwards by 5.
		assertThat(value(series, "cpu0.user")).isEqualTo(30 * 100.0 / 95);
		assertThat(value(series, "cpu0.iowait")).isZero();
		assertThat(value(series, "cpu0.steal")).isEqualTo(5 * 100.0 / 95);
		assertThat(value(series, "cpu0.guest")).isEqualTo(20 * 100.0 / 95);
		// A processor that comes on line has a rate from its second reading on.
		proc.write("stat", "cpu 0 0 0 0\ncpu1 2 1 1 2\n");
		series = sampler.sample();
		assertThat(value(series, "cpu1.user")).isEqualTo(50);
		assertThat(series).extracting(MachineSeries::name).doesNotContain("cpu0.user");
	}

}
