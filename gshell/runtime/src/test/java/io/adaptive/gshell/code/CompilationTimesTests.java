package io.adaptive.gshell.code;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prints what compiling costs in a process of its own, and lets two processes use one
 * cache at once.
 */
@SlowTest
class CompilationTimesTests {

	@TempDir
	Path folder;

	@Test
	void helloIsCompiledOnceForAllProcesses() throws IOException, InterruptedException {
		List<String> first = finish(start(Measurement.class));
		List<String> second = finish(start(Measurement.class));
		System.out.println("First process:  " + first);
		System.out.println("Second process: " + second);
		assertThat(first).hasSize(5).element(1).asString().startsWith("compiled and kept ");
		assertThat(second).hasSize(5).element(1).asString().startsWith("from the cache ");
	}

	@Test
	void twoProcessesUseOneCache() throws IOException, InterruptedException {
		List<Process> processes = List.of(start(Contention.class), start(Contention.class));
		for (Process process : processes) {
			assertThat(finish(process)).containsExactly("done");
		}
	}

	private Process start(Class<?> program) throws IOException {
		return new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), program.getName(), this.folder.resolve("cache").toString())
			.redirectErrorStream(true)
			.start();
	}

	private static List<String> finish(Process process) throws InterruptedException {
		List<String> lines = process.inputReader().lines().toList();
		assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
		return lines;
	}

	private static CodeBundle hello() {
		return CodeRepository.of(Path.of("../apps/grepo")).bundle("example/hello");
	}

	/**
	 * Prints what hello costs in a process that has compiled nothing yet.
	 */
	static final class Measurement {

		private Measurement() {
		}

		public static void main(String[] args) {
			// A group logs before it compiles.
			LoggerFactory.getLogger(Measurement.class).debug("started");
			Stopwatch watch = new Stopwatch();
			CodeBundle bundle = hello();
			BundleCompiler compiler = new BundleCompiler(List.of());
			watch.print("bundle and compiler made");
			AtomicBoolean compiled = new AtomicBoolean();
			new CompiledCodeCache(Path.of(args[0]), 1 << 20).get(bundle, compiler, "1", (code) -> {
				compiled.set(true);
				return code;
			});
			watch.print(compiled.get() ? "compiled and kept" : "from the cache");
			for (String next : List.of("compiled", "compiled again", "compiled a third time")) {
				compiler.compile(bundle);
				watch.print(next);
			}
			compiler.close();
		}

	}

	/**
	 * Prints the time since the line before, and the processor time of the thread in it.
	 */
	static final class Stopwatch {

		private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

		private long cpu = this.threads.getCurrentThreadCpuTime();

		private long start = System.nanoTime();

		void print(String what) {
			double millis = (System.nanoTime() - this.start) / 1e6;
			double cpuMillis = (this.threads.getCurrentThreadCpuTime() - this.cpu) / 1e6;
			System.out
				.println("%s %s ms".formatted(what, String.format(Locale.ROOT, "%.1f (%.1f)", millis, cpuMillis)));
			this.cpu = this.threads.getCurrentThreadCpuTime();
			this.start = System.nanoTime();
		}

	}

	/**
	 * Uses a cache with room for two of three entries.
	 */
	static final class Contention {

		private Contention() {
		}

		public static void main(String[] args) throws IOException {
			Path folder = Path.of(args[0]);
			CodeBundle bundle = hello();
			try (BundleCompiler compiler = new BundleCompiler(List.of())) {
				CompiledCode expected = compiler.compile(bundle);
				for (int index = 0; index < 40; index++) {
					CompiledCode code = new CompiledCodeCache(folder, 2500).get(bundle, compiler,
							String.valueOf(index % 3), (compiled) -> compiled);
					if (!Arrays.equals(code.classFile(code.mainClass()), expected.classFile(expected.mainClass()))) {
						throw new IllegalStateException("another code in round " + index);
					}
				}
			}
			try (Stream<Path> files = Files.list(folder)) {
				System.out.println((files.count() <= 3) ? "done" : "more than there is room for");
			}
		}

	}

}
