package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node needs no compiler of the platform: here is a process with the one module that
 * every one has.
 */
class WithoutJavacTests {

	@TempDir
	Path folder;

	@Test
	void theBaseModuleIsEnough() throws IOException, InterruptedException {
		new RepositoryFixture(this.folder).with("app/Main.java", """
				package app;
				public class Main {
					public static void main(String[] args) {
						System.out.println("ran with " + ModuleLayer.boot().modules().size() + " module");
					}
				}
				""");
		assertThat(run(List.of("--limit-modules", "java.base"), this.folder, "app"))
			.containsExactly("ran with 1 module");
	}

	private static List<String> run(List<String> options, Path root, String app)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>();
		command.add(ProcessHandle.current().info().command().orElseThrow());
		command.addAll(options);
		command
			.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
					WithoutJavacTests.class.getName() + "$Program", root.toString(), app));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		List<String> lines = process.inputReader().lines().toList();
		assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
		return lines;
	}

	/**
	 * Compiles an app and runs it.
	 */
	static final class Program {

		private Program() {
		}

		public static void main(String[] args) throws ReflectiveOperationException {
			try (BundleCompiler compiler = new BundleCompiler(List.of())) {
				CompiledCode code = compiler.compile(CodeRepository.of(Path.of(args[0])).bundle(args[1]));
				new CompiledLoader(code).loadClass(code.mainClass())
					.getMethod("main", String[].class)
					.invoke(null, (Object) new String[0]);
			}
		}

	}

}
