package io.adaptive.gshell.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.gshell.SlowTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that are killed while they write, and a disk that is full.
 */
@SlowTest
class KilledAndFullTests {

	@TempDir
	Path folder;

	private Process start(List<String> before, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(before);
		command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), Program.class.getName(), this.folder.toString()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	@Test
	void whatIsThereIsWhole() throws IOException, InterruptedException {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int bundles = 0;
		for (int round = 0; round < 10; round++) {
			Process process = start(List.of(), "write", String.valueOf(round));
			assertThat(process.inputReader().readLine()).isEqualTo("started");
			assertThat(process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS)).isFalse();
			process.destroyForcibly().waitFor();
			bundles += check(round, seed);
		}
		assertThat(bundles).as("seed %s", seed).isPositive();
	}

	/**
	 * Reads all bundles of a round, and takes code from the cache that both processes
	 * use.
	 */
	private int check(int round, long seed) throws IOException {
		int bundles = 0;
		try (Stream<Path> folders = Files.list(this.folder.resolve("bundles"))) {
			for (Path path : folders.toList()) {
				String name = path.getFileName().toString();
				if (name.startsWith(round + "-")) {
					CodeBundle expected = Program.bundle(name);
					assertThat(CodeBundle.read(path, expected.checksum())).as("seed %s", seed).isEqualTo(expected);
					bundles++;
				}
				else {
					assertThat(name).as("seed %s", seed).matches("\\d+-\\d+|\\.\\d+-\\d+\\..*\\.draft");
				}
			}
		}
		try (BundleCompiler compiler = new BundleCompiler(List.of())) {
			CompiledCode code = Program.cache(this.folder).get(Program.bundle("same"), compiler, "1", (made) -> made);
			assertThat(code.mainClass()).isEqualTo("Main");
		}
		return bundles;
	}

	@Test
	void aFullDiskIsSaid() throws IOException, InterruptedException {
		String mount = "mount -t tmpfs -o size=256k none \"$1\" && shift && exec \"$@\"";
		List<String> before = List.of("unshare", "--mount", "sh", "-c", mount, "sh", this.folder.toString());
		Process process = start(before, "fill");
		List<String> lines = process.inputReader().lines().toList();
		int status = process.waitFor();
		if (!"required".equals(System.getenv("ADAPTIVE_MOUNTS"))) {
			Assumptions.assumeTrue(status == 0, () -> "it takes root and mount namespaces: " + lines);
		}
		assertThat(lines.get(0)).startsWith("The bundle of app cannot be written to ")
			.contains("No space left on device")
			.endsWith("; look at the space and the rights there");
		assertThat(lines).filteredOn((line) -> line.contains("WARN"))
			.singleElement()
			.asString()
			.contains("compiled code is not kept")
			.contains("No space left on device");
		assertThat(lines.subList(lines.size() - 3, lines.size())).containsExactly("ran Main", "left bundles, filler",
				"written after space is back");
	}

	/**
	 * Writes bundles and cached code.
	 */
	static final class Program {

		private Program() {
		}

		static CodeBundle bundle(String name) {
			Map<String, byte[]> files = new TreeMap<>();
			for (int index = 0; index < 20; index++) {
				files.put("app/part%s/data.txt".formatted(index), bytes(name.repeat(100)));
			}
			files.put("app/Main.java", bytes("class Main { %s }".formatted(RepositoryFixture.MAIN)));
			return new CodeBundle("app", files);
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

		static CompiledCodeCache cache(Path folder) {
			return new CompiledCodeCache(folder.resolve("cache"), 100_000);
		}

		public static void main(String[] args) throws IOException {
			Path folder = Path.of(args[0]);
			Path bundles = Files.createDirectories(folder.resolve("bundles"));
			if (args[1].equals("fill")) {
				fill(folder, bundles);
				return;
			}
			try (BundleCompiler compiler = new BundleCompiler(List.of())) {
				CodeBundle same = bundle("same");
				System.out.println("started");
				for (int index = 0;; index++) {
					String name = args[2] + "-" + index;
					bundle(name).write(bundles.resolve(name));
					cache(folder).get(same, compiler, String.valueOf(index % 3), (made) -> made);
				}
			}
		}

		private static void fill(Path folder, Path bundles) throws IOException {
			Path filler = folder.resolve("filler");
			try (var stream = Files.newOutputStream(filler)) {
				while (true) {
					stream.write(new byte[4096]);
				}
			}
			catch (IOException full) {
				report(() -> bundle("full").write(bundles.resolve("full")));
			}
			try (BundleCompiler compiler = new BundleCompiler(List.of())) {
				CompiledCode code = cache(folder).get(bundle("full"), compiler, "1", (made) -> made);
				System.out.println("ran " + code.mainClass());
			}
			try (Stream<Path> left = Files.walk(folder).skip(1).filter((path) -> !path.endsWith("cache"))) {
				System.out.println("left "
						+ String.join(", ", left.map((path) -> folder.relativize(path).toString()).sorted().toList()));
			}
			Files.delete(filler);
			bundle("full").write(bundles.resolve("full"));
			System.out.println("written after space is back");
		}

		private static void report(Runnable action) {
			try {
				action.run();
				System.out.println("nothing was refused");
			}
			catch (CodeException ex) {
				System.out.println(ex.getMessage());
			}
		}

	}

}
