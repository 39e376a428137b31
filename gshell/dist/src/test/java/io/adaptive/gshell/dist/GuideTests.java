package io.adaptive.gshell.dist;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session of {@code docs/guide/gshell.md}, played from the zip in an empty folder: on
 * the JDK of the build, and on the one that {@code ADAPTIVE_OTHER_JDK} names.
 */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class GuideTests {

	private static final Path ZIP = Path.of(System.getProperty("gshell.zip", "target/gshell.zip"));

	private static final Path SCRIPT = Path.of("src/test/play-guide.sh");

	private static final long MINUTES = 20;

	@TempDir
	private Path folder;

	static List<String> javaHomes() {
		return Stream.of(System.getProperty("java.home"), System.getenv("ADAPTIVE_OTHER_JDK"))
			.filter(Objects::nonNull)
			.filter((home) -> !home.isEmpty())
			.distinct()
			.toList();
	}

	@ParameterizedTest
	@MethodSource("javaHomes")
	void theGuideIsPlayedFromTheZip(String javaHome) throws IOException, InterruptedException {
		Path transcript = this.folder.resolve("transcript");
		Process play = play(javaHome, transcript.toFile());
		try {
			boolean ended = play.waitFor(MINUTES, TimeUnit.MINUTES);
			String text = Files.readString(transcript);
			System.out.println(text);
			assertThat(ended).as(text).isTrue();
			assertThat(play.exitValue()).as(text).isZero();
			assertThat(text).contains("\nThe guide has been played.\n");
		}
		finally {
			// The script ends its daemon and groups when it is told to end, and waits for
			// all processes.
			play.destroy();
			play.waitFor(4, TimeUnit.MINUTES);
		}
	}

	private Process play(String javaHome, File transcript) throws IOException {
		ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toAbsolutePath().toString(),
				ZIP.toAbsolutePath().toString(), this.folder.resolve("play").toString())
			.redirectErrorStream(true)
			.redirectOutput(transcript);
		Map<String, String> environment = builder.environment();
		environment.put("GSHELL_JAVA", javaHome);
		environment.keySet().removeIf((name) -> name.endsWith("_OPTIONS"));
		return builder.start();
	}

}
