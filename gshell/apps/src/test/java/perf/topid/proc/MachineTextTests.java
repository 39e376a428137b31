package perf.topid.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MachineText}, on recorded files.
 */
class MachineTextTests {

	@TempDir
	private Path root;

	private void write(String file, String text) throws IOException {
		Path path = this.root.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

	private MachineText read() {
		return MachineText.read(this.root.resolve("proc"), this.root.resolve("cgroup"));
	}

	@Test
	void aMachineWithoutLimits() throws IOException {
		write("proc/stat", "cpu 1 2 3 4\ncpu0 1 2 3 4\ncpu3 1 2 3 4\n");
		write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some Processor @ 2 GHz\n\nprocessor\t: 1\n");
		write("proc/version", "Linux version 6.1.0 (builder)\n");
		write("cgroup/cpu.max", "max 100000\n");
		write("cgroup/memory.max", "max\n");
		assertThat(read()).isEqualTo(new MachineText(2, "Some Processor @ 2 GHz", "Linux version 6.1.0 (builder)", ""));
	}

	@Test
	void aContainerOfVersion2() throws IOException {
		write("cgroup/cpu.max", "150000 100000\n");
		write("cgroup/memory.max", "536870912\n");
		write("cgroup/cpu.stat", "usage_usec 5\nnr_periods 100\nnr_throttled 17\nthrottled_usec 9\n");
		assertThat(read()).isEqualTo(new MachineText(0, "unknown", "unknown", """
				processors: 1.50
				held up by the processor limit: 17 times
				memory: 512 MB"""));
	}

	@Test
	void aContainerOfVersion1() throws IOException {
		write("cgroup/cpu/cpu.cfs_quota_us", "5000\n");
		write("cgroup/cpu/cpu.cfs_period_us", "100000\n");
		write("cgroup/cpu/cpu.stat", "nr_periods 0\nnr_throttled 0\nthrottled_time 0\n");
		write("cgroup/memory/memory.limit_in_bytes", "104857600\n");
		assertThat(read().limits()).isEqualTo("processors: 0.05\nmemory: 100 MB");
		write("cgroup/cpu/cpu.cfs_quota_us", "-1\n");
		write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
		assertThat(read().limits()).isEmpty();
	}

}
