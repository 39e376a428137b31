package io.adaptive.sample.copyout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies each sample out of the project and builds it there alone. Its tests run where it
 * is a module of the project.
 */
class CopyOutTests {

	@TempDir(cleanup = CleanupMode.ON_SUCCESS)
	private static Path outside;

	private static StagedRepository repository;

	@BeforeAll
	static void stage() throws IOException {
		repository = StagedRepository.in(outside);
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello", "plain-java" })
	void sampleIsBuiltAlone(String sample) throws Exception {
		build(sample);
	}

	@DisabledIfEnvironmentVariable(named = "ADAPTIVE_SLICE", matches = "(?!registry$|all$).+",
			disabledReason = "runs with ADAPTIVE_SLICE=registry")
	@ParameterizedTest
	@ValueSource(
			strings = { "echo", "typed-client", "reactive-streaming", "publish-subscribe", "selection", "tracing" })
	void furtherSampleIsBuiltAlone(String sample) throws Exception {
		build(sample);
	}

	private static void build(String sample) throws Exception {
		Path copy = outside.resolve("samples").resolve(sample);
		copySources(Path.of(System.getProperty("project.root"), "sample-apps", sample), copy);
		Path log = outside.resolve(sample + ".log");
		Process build = new ProcessBuilder(command()).directory(copy.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		try {
			assertThat(build.waitFor(600, TimeUnit.SECONDS)).as(() -> read(log)).isTrue();
			assertThat(build.exitValue()).as(() -> read(log)).isZero();
		}
		finally {
			build.destroyForcibly();
		}
		String jar = sample.equals("hello") ? "hello/target/hello.jar" : "target/" + sample + ".jar";
		assertThat(copy.resolve(jar)).exists();
	}

	private static List<String> command() {
		return List.of(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(), "-B", "-o", "-s",
				repository.settings().toString(), "-Daether.offline.protocols=file", "-Dmaven.test.skip=true",
				"package");
	}

	private static void copySources(Path from, Path to) throws IOException {
		try (Stream<Path> all = Files.walk(from)) {
			for (Path source : all.filter((path) -> !path.toString().contains("/target")).toList()) {
				Path target = to.resolve(from.relativize(source));
				if (Files.isDirectory(source)) {
					Files.createDirectories(target);
				}
				else {
					Files.copy(source, target);
				}
			}
		}
	}

	private static String read(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
