package io.adaptive.gshell.group;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.code.ArtifactFixture;
import io.adaptive.gshell.code.ArtifactFolder;
import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.CodeException;
import io.adaptive.gshell.job.Job;
import io.adaptive.gshell.job.JobEnd;
import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.job.JobSettings;
import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.job.JobTimeouts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Jobs with jars of artifacts beside the classes of the group.
 */
class ArtifactJobTests {

	private static final String TOOL = """
			package tool;
			public class Tool {
				static int count;
				public static String look() throws Exception {
					ClassLoader loader = Tool.class.getClassLoader();
					StringBuilder text = new StringBuilder(++count + " " + System.getProperty("job"));
					java.util.Enumeration<java.net.URL> all = loader.getResources("tool/text file.txt");
					while (all.hasMoreElements()) {
						try (java.io.InputStream in = all.nextElement().openStream()) {
							text.append(" ").append(new String(in.readAllBytes()));
						}
					}
					java.net.URL folder = loader.getResource("tool");
					java.net.URL code = Tool.class.getProtectionDomain().getCodeSource().getLocation();
					return text + " " + folder.toString().equals("jar:" + code + "!/tool")
						+ " " + loader.getClass().getSimpleName();
				}
				public static void loop() {
					System.out.println("looping");
					while (true) {
						count++;
					}
				}
			}
			""";

	@TempDir
	Path folder;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private SharedClasses shared;

	@BeforeEach
	void fill() throws IOException {
		this.shared = new SharedClasses(ArtifactJobTests.class.getClassLoader());
		ArtifactFixture artifacts = new ArtifactFixture(this.folder.resolve("repository"));
		artifacts.add("org.slf4j:slf4j-api:0.1",
				Map.of("org/slf4j/Logger.java", "package org.slf4j; public class Logger { }"));
		artifacts.add("org.example:more:1", Map.of("tool/text file.txt", "second"));
		artifacts.add("org.example:all:1", Map.of("tool/Tool.java", TOOL, "tool/text file.txt", "first"),
				"org.example:more:1", "org.slf4j:slf4j-api:0.1");
	}

	private JobCompiler compiler() {
		return new JobCompiler(this.folder.resolve("cache"), this.shared,
				new ArtifactFolder(this.folder.resolve("repository")));
	}

	private static CodeBundle app(String artifact, String body) {
		String source = "//DEPS %s\nclass Main { public static void main(String[] args) throws Exception { %s } }"
			.formatted(artifact, body);
		return CodeBundle.of("Main.java", Map.of("Main.java", source.getBytes(StandardCharsets.UTF_8)));
	}

	private Job start(CodeBundle bundle) {
		try (JobCompiler compiler = compiler()) {
			return Job.start(compiler.compile(bundle),
					new JobSettings("0123456789ab", "Main", List.of(), Map.of("job", "mine"), this.shared,
							new JobStreams(InputStream.nullInputStream(), this.out, this.out),
							new JobTimeouts(Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofSeconds(5)),
							Clock.systemUTC()));
		}
	}

	private String text() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

	private static JobEnd end(Job job) {
		return job.ended().orTimeout(60, TimeUnit.SECONDS).join();
	}

	@Test
	void classesAndResourcesAreOfTheJob() {
		CodeBundle bundle = app("org.example:all:1", "System.out.println(tool.Tool.look());");
		for (int run = 0; run < 2; run++) {
			JobEnd end = end(start(bundle));
			assertThat(end.status()).as(end.error()).isZero();
		}
		assertThat(text().lines()).containsExactly("1 mine first second true JobClassLoader",
				"1 mine first second true JobClassLoader");
	}

	@Test
	void codeOfAJarThatIgnoresInterruptsIsStopped() {
		Job job = start(app("org.example:all:1", "tool.Tool.loop();"));
		await().atMost(Duration.ofSeconds(60)).until(() -> text().contains("looping"));
		job.stop();
		assertThat(end(job).cause()).isEqualTo(Cause.STOPPED);
	}

	@Test
	void whatTheGroupHasWins() throws IOException {
		try (JobCompiler compiler = compiler()) {
			CodeBundle bundle = app("org.example:all:1", "System.out.println(org.slf4j.Logger.class.isInterface());");
			assertThat(compiler.artifacts(bundle).added()).extracting((path) -> path.getFileName().toString())
				.containsExactly("all-1.jar", "more-1.jar");
			assertThat(compiler.artifacts(bundle).notes()).singleElement()
				.asString()
				.matches("The app uses versions of its group: org\\.slf4j:slf4j-api [0-9.]+, not 0\\.1\\.");
			assertThat(end(start(bundle)).status()).isZero();
		}
		assertThat(text().lines()).containsExactly("true");
	}

	@Test
	void aJarThatIsNotTheExpectedOneIsRefused() throws IOException {
		Files.write(this.folder.resolve("repository/org/example/more/1/more-1.jar"), new byte[] { 0 });
		assertThatExceptionOfType(CodeException.class).isThrownBy(() -> start(app("org.example:all:1", "")))
			.withMessageContaining("more-1.jar has the checksum");
	}

}
