package io.adaptive.gshell.code;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compilations leave nothing in the process.
 */
@SlowTest
class CompilerMemoryTests {

	@Test
	void manyCompilationsNeedNoMoreMemoryThanSome() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx48m",
				"-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Program.class.getName())
			.redirectErrorStream(true)
			.start();
		List<String> lines = process.inputReader().lines().toList();
		assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
		System.out.println(lines);
		long some = Long.parseLong(lines.get(0));
		long many = Long.parseLong(lines.get(1));
		assertThat(many).as("KB after 500 compilations, after 100 %s", some).isLessThan(some + 1024);
	}

	/**
	 * Compiles other classes each time, good ones and bad ones, and prints the memory in
	 * use in KB.
	 */
	static final class Program {

		private Program() {
		}

		public static void main(String[] args) {
			try (BundleCompiler compiler = new BundleCompiler(List.of())) {
				for (int index = 1; index <= 500; index++) {
					compile(compiler, index);
					if (index == 100 || index == 500) {
						System.gc();
						System.out.println(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10);
					}
				}
			}
		}

		private static void compile(BundleCompiler compiler, int index) {
			String text = "package p%s; class C%s { Object a = \"%s\"; Object b = %s; %s }".formatted(index, index,
					"x".repeat(20_000), (index % 2 == 0) ? "missing" : index, RepositoryFixture.MAIN);
			try {
				compiler.compile(new CodeBundle("A.java", Map.of("A.java", text.getBytes(StandardCharsets.UTF_8))));
			}
			catch (CompilationException ex) {
				if (index % 2 != 0) {
					throw ex;
				}
			}
		}

	}

}
