package perf.topid.proc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * From the bytes of {@code /proc} to records.
 */
class ProcParsingTests {

	private static ProcessStat stat(String line) {
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		return ProcessStat.parse(bytes, bytes.length);
	}

	@Test
	void aProcess() {
		assertThat(stat("4242 (cat) R 17 4242 17 34816 4242 4194304 98 0 1 0 123 45 6 7 20 0 3 0 987654 8192 77 0\n"))
			.isEqualTo(new ProcessStat(4242, "cat", 'R', 17, false, 123, 45, 20, 3, 987_654));
	}

	@ParameterizedTest
	@ValueSource(strings = { "tmux: server", "(sd-pam)", ") R 1 1", "a) S (b", "line\nbreak", "größe", "", " " })
	void aNameMayHoldAnything(String name) {
		ProcessStat stat = stat("7 (" + name + ") S 1 7 7 0 -1 4194560 1 2 3 4 50 60 70 80 20 0 1 0 99 1 1 1\n");
		assertThat(stat.name()).isEqualTo(name);
		assertThat(stat.userTicks()).isEqualTo(50);
		assertThat(stat.startTicks()).isEqualTo(99);
	}

	@Test
	void aThreadOfTheKernelAZombieAndARealTimePriority() {
		assertThat(stat("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 1 0 0 20 0 1 0 5 0 0 0").kernel()).isTrue();
		assertThat(stat("9 (sh) Z 8 9 9 0 -1 4227084 0 0 0 0 0 1 0 0 20 0 1 0 5 0 0 0").state()).isEqualTo('Z');
		assertThat(stat("9 (rt) S 8 9 9 0 -1 4227084 0 0 0 0 0 1 0 0 -51 0 1 0 5 0 0 0").priority()).isEqualTo(-51);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "12", "(x)", "12 (x", "12 x) S 1", "12 (x) S 1 2 3", "a (x) S 1 7 7 0 -1 0",
			"7 (x) S one 7 7 0 -1 4194560 1 2 3 4 50 60 70 80 20 0 1 0 99" })
	void whatIsNoLineOfAProcessIsRefused(String line) {
		assertThatIllegalArgumentException().isThrownBy(() -> stat(line));
	}

	@Test
	void processorsOfWhichOneIsOffLine() {
		byte[] text = """
				cpu  30 0 30 300 0 0 0 0 0 0
				cpu0 10 1 12 100 5 6 7 8 9 3
				cpu2 20 2 22 200 0 0 0 0 0 0
				intr 1234 5
				ctxt 99
				""".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(CpuTimes.parse(text, text.length)).containsExactly(new CpuTimes(0, 10, 1, 12, 100, 5, 6, 7, 8, 9, 3),
				new CpuTimes(2, 20, 2, 22, 200, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void anOldKernelHasFewerColumns() {
		byte[] text = "cpu 1 2 3 4\ncpu0 1 2 3 4".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(CpuTimes.parse(text, text.length)).containsExactly(new CpuTimes(0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0));
	}

	@Test
	void memoryOfTheMachine() {
		byte[] text = """
				MemTotal:       1000 kB
				MemFree:         200 kB
				MemAvailable:    600 kB
				Buffers:          50 kB
				Cached:          300 kB
				SwapCached:        9 kB
				Shmem:            20 kB
				SReclaimable:     40 kB
				HugePages_Total:   0
				""".getBytes(StandardCharsets.ISO_8859_1);
		MemoryUse use = MemoryUse.parse(text, text.length);
		assertThat(use).isEqualTo(new MemoryUse(1000, 600, 340, 200, 50, 20));
		assertThat(use.used()).isEqualTo(410);
		byte[] little = "MemFree: 5 kB\n".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(MemoryUse.parse(little, little.length)).isEqualTo(new MemoryUse(0, 0, 0, 5, 0, 0));
	}

	@Test
	void unitsOfTheKernel() {
		ByteBuffer vector = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
		vector.putLong(17).putLong(250).putLong(6).putLong(65_536).putLong(0).putLong(0);
		assertThat(KernelUnits.parse(vector.array())).isEqualTo(new KernelUnits(250, 65_536));
		assertThat(KernelUnits.parse(new byte[3])).isEqualTo(KernelUnits.USUAL);
		assertThat(KernelUnits.read("/no/such/folder")).isEqualTo(KernelUnits.USUAL);
	}

	@Test
	void filesOfAProcess(@TempDir Path root) throws IOException {
		ProcFolder proc = new ProcFolder(root.toString());
		Path process = Files.createDirectories(root.resolve("12"));
		Files.createDirectories(root.resolve("12/task/12"));
		Files.createDirectories(root.resolve("12/task/14"));
		Files.createDirectories(root.resolve("3"));
		Files.createDirectories(root.resolve("sys"));
		assertThat(proc.processes()).containsExactly(3, 12);
		assertThat(proc.threads(12)).containsExactly(12, 14);
		Files.writeString(process.resolve("statm"), "100 77 5 1 0 20 0\n");
		Files.writeString(process.resolve("cmdline"), "java\0-cp\0a b\0\0");
		assertThat(proc.residentPages(12)).isEqualTo(77);
		assertThat(proc.commandLine(12)).isEqualTo("java -cp a b");
		assertThat(proc.proportionalMemory(12)).isEmpty();
		Files.writeString(process.resolve("smaps"), "Rss: 9 kB\nPss:   5 kB\nPss_Dirty: 1 kB\nPss:    7 kB\n");
		assertThat(proc.proportionalMemory(12)).isEqualTo(OptionalLong.of(12));
		Files.writeString(process.resolve("smaps_rollup"), "55-ff ---p [rollup]\nRss: 90 kB\nPss:    41 kB\n");
		assertThat(proc.proportionalMemory(12)).isEqualTo(OptionalLong.of(41));
		Files.writeString(process.resolve("cmdline"), "x".repeat(100_000));
		assertThat(proc.commandLine(12)).hasSize(100_000);
	}

	@Test
	void whatHasVanishedIsAnIOException(@TempDir Path root) throws IOException {
		ProcFolder proc = new ProcFolder(root.toString());
		Files.createDirectories(root.resolve("5"));
		Files.writeString(root.resolve("5/stat"), "");
		Files.writeString(root.resolve("5/statm"), "");
		assertThatIOException().isThrownBy(() -> proc.process(4));
		assertThatIOException().isThrownBy(() -> proc.process(5)).withMessageContaining("5/stat");
		assertThatIOException().isThrownBy(() -> proc.residentPages(5)).withMessageContaining("5/statm");
		assertThatIOException().isThrownBy(() -> proc.threads(5));
		assertThatIOException().isThrownBy(() -> new ProcFolder(root + "/none").processes());
	}

}
