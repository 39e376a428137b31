package io.adaptive.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that Spring Boot's devtools restart within its process, with a class
 * loader of its own each time.
 */
@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!registry$|all$).+",
		disabledReason = "runs with ADAPTIVE_SLICE=registry")
@Timeout(180)
class DevtoolsTests {

	@TempDir
	private Path directory;

	@Test
	void anApplicationFindsItselfAfterEachRestart() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "-Dspring.devtools.restart.enabled=true",
				RestartedApplication.class.getName(), "--adaptive.os.socket-directory=" + this.directory)
			.redirectErrorStream(true)
			.start();
		try {
			List<String> lines = lines(process);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(lines).filteredOn((line) -> line.startsWith("run "))
				.as(() -> String.join("\n", lines))
				.containsExactly("run 0 answered 0 in RestartClassLoader", "run 1 answered 1 in RestartClassLoader",
						"run 2 answered 2 in RestartClassLoader", "run 3 answered 3 in RestartClassLoader");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static List<String> lines(Process process) throws IOException {
		try (BufferedReader reader = process.inputReader()) {
			return reader.lines().toList();
		}
	}

}
