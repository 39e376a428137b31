package io.adaptive.topidchart.page;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.adaptive.topidchart.SlowTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The types of the modules of the page, checked by the compiler of TypeScript. Where Node
 * or the compiler is missing the test is skipped, or fails if
 * {@code ADAPTIVE_NODE=required} is in the environment.
 */
@SlowTest
@Timeout(300)
class PageTypesTests {

	private static final Path FOLDER = Path.of("src/test/types").toAbsolutePath();

	private static final Path COMPILER = FOLDER.resolve("node_modules/typescript/bin/tsc");

	private static final Path PAGE = Path.of("src/main/resources/static").toAbsolutePath();

	private static void check(Path configuration, int status, Path log) throws IOException, InterruptedException {
		boolean node = Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "node")));
		if (!node || !Files.exists(COMPILER)) {
			String missing = "no Node or no compiler of TypeScript; install Node, and run npm ci in " + FOLDER;
			assertThat(System.getenv("ADAPTIVE_NODE")).as(missing).isNotEqualTo("required");
			Assumptions.abort(missing);
		}
		Process process = new ProcessBuilder("node", COMPILER.toString(), "-p", configuration.toString())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(status);
	}

	@Test
	void everyModuleHasTheTypesThatItNames(@TempDir Path folder) throws Exception {
		check(FOLDER.resolve("tsconfig.json"), 0, folder.resolve("log"));
		try (Stream<Path> modules = Files.list(PAGE)) {
			assertThat(modules.filter((file) -> file.toString().endsWith(".js")))
				.allSatisfy((file) -> assertThat(Files.readString(file, StandardCharsets.UTF_8)).as(file.toString())
					.startsWith("// @ts-check\n"));
		}
	}

	@Test
	void aWrongTypeIsFound(@TempDir Path folder) throws Exception {
		Files.writeString(folder.resolve("wrong.js"), "import { State } from '/state.js';\nnew State().wirte();\n");
		Files.writeString(folder.resolve("tsconfig.json"),
				"{ \"extends\": \"%s\", \"include\": [\"*.js\"] }".formatted(FOLDER.resolve("tsconfig.json")));
		check(folder.resolve("tsconfig.json"), 2, folder.resolve("log"));
		List<String> lines = Files.readAllLines(folder.resolve("log"));
		assertThat(lines).hasSize(1);
		assertThat(lines.get(0)).contains("wrong.js(2,13)", "'wirte' does not exist on type 'State'");
	}

}
