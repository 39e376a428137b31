package io.adaptive.gshell.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.gshell.code.BundleCompiler;
import io.adaptive.gshell.code.CodeRepository;
import io.adaptive.gshell.code.CompiledCode;
import io.adaptive.gshell.job.JobEnd.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Resources that a job has for its own.
 */
class JobIsolationTests {

	@Test
	void outputIsTheJobsOwnWhoeverPrints() {
		try (RunningJob job = RunningJob.of("""
				import java.util.List;
				public class Main {
					public static void main(String[] args) throws Exception {
						System.out.println("direct " + args[0]);
						List.of("reference").forEach(System.out::println);
						System.out.printf("%s%n", "formatted");
						new Exception("woven trace").printStackTrace();
						Thread.dumpStack();
						Runnable print = new RuntimeException("trace by reference")::printStackTrace;
						print.run();
						Thread thread = new Thread(() -> { throw new IllegalStateException("uncaught"); }, "worker");
						thread.start();
						thread.join();
					}
				}
				""", "argument")) {
			assertThat(job.awaitEnd()).as(job::err)
				.extracting(JobEnd::status, JobEnd::cause)
				.containsExactly(0, Cause.RETURNED);
			assertThat(job.out()).isEqualToNormalizingNewlines("direct argument\nreference\nformatted\n");
			assertThat(job.err()).contains("woven trace", "Stack trace", "trace by reference",
					"Exception in thread \"worker\" java.lang.IllegalStateException: uncaught");
		}
	}

	@Test
	void inputIsTheJobsOwn() {
		JobCode code = CompiledApp.of("""
				public class Main {
					public static void main(String[] args) {
						System.out.println(new java.util.Scanner(System.in).nextLine());
						System.setIn(new java.io.ByteArrayInputStream("replaced".getBytes()));
						System.out.println(new java.util.Scanner(System.in).nextLine());
					}
				}
				""");
		try (RunningJob one = RunningJob.reading(code, "one\n"); RunningJob two = RunningJob.reading(code, "two\n")) {
			one.awaitEnd();
			two.awaitEnd();
			assertThat(one.out()).isEqualToNormalizingNewlines("one\nreplaced\n");
			assertThat(two.out()).isEqualToNormalizingNewlines("two\nreplaced\n");
		}
	}

	@Test
	void setOutAndSetErrChangeTheJobOnly() {
		try (RunningJob job = RunningJob.of("""
				import java.io.*;
				public class Main {
					public static void main(String[] args) {
						PrintStream before = System.out;
						ByteArrayOutputStream kept = new ByteArrayOutputStream();
						System.setOut(new PrintStream(kept, true));
						System.setErr(System.out);
						System.out.print("kept");
						new Error().printStackTrace();
						before.print(kept.toString().startsWith("keptjava.lang.Error"));
					}
				}
				""")) {
			job.awaitEnd();
			assertThat(job.out()).isEqualTo("true");
		}
	}

	@Test
	void twoRunsOfTheSameCodeShareNeitherStaticsNorProperties() {
		JobCode code = CompiledApp.of("""
				public class Main {
					static int count;
					public static void main(String[] args) {
						count++;
						System.setProperty("job", args[0]);
						System.getProperties().setProperty("number", "7");
						String java = System.clearProperty("java.version");
						System.out.println(count + " " + System.getProperty("job") + " " + Integer.getInteger("number")
								+ " " + Integer.getInteger("none", 5) + " " + Long.getLong("number") + " "
								+ Boolean.getBoolean("flag") + " " + System.getProperty("own", "no") + " "
								+ System.getProperty("java.version", "cleared") + " " + (java != null));
						System.setProperties(null);
						System.out.println(System.getProperty("job") + " " + System.getProperty("own"));
					}
				}
				""");
		try (RunningJob one = RunningJob.of(code, "one"); RunningJob two = RunningJob.of(code, "two")) {
			one.awaitEnd();
			two.awaitEnd();
			assertThat(one.out()).isEqualToNormalizingNewlines("1 one 7 5 7 false yes cleared true\nnull yes\n");
			assertThat(two.out()).isEqualToNormalizingNewlines("1 two 7 5 7 false yes cleared true\nnull yes\n");
			assertThat(System.getProperty("job")).isNull();
			assertThat(System.getProperty("java.version")).isNotNull();
		}
	}

	@Test
	void resourcesAreFoundByTheJobsLoader() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) throws Exception {
						try (var in = Main.class.getResourceAsStream("/text.txt")) {
							System.out.print(new String(in.readAllBytes()));
						}
						System.out.print(Main.class.getResource("Main.class") != null);
						System.out.print(Thread.currentThread().getContextClassLoader() == Main.class.getClassLoader());
						System.out.print(Main.class.getResource("none"));
					}
				}
				""")) {
			job.awaitEnd();
			assertThat(job.out()).isEqualTo("a texttruetruenull");
		}
	}

	@Test
	void theDefaultHandlerOfUncaughtExceptionsIsTheJobsOwn() {
		var before = Thread.getDefaultUncaughtExceptionHandler();
		try (RunningJob job = RunningJob
			.of("""
					public class Main {
						public static void main(String[] args) {
							Thread.setDefaultUncaughtExceptionHandler((t, e) -> System.out.print("handled " + e.getMessage()));
							throw new IllegalStateException("this");
						}
					}
					""")) {
			assertThat(job.awaitEnd()).extracting(JobEnd::status, JobEnd::cause).containsExactly(1, Cause.FAILED);
			assertThat(job.out()).isEqualTo("handled this");
			assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(before);
		}
	}

	@Test
	void childProcessesInheritTheStreamsOfTheJob() {
		JobCode code = CompiledApp.of("""
				import java.lang.ProcessBuilder.Redirect;
				import java.util.List;
				public class Main {
					public static void main(String[] args) throws Exception {
						new ProcessBuilder("sh", "-c", "read line; echo out $line; echo err >&2").inheritIO().start()
							.waitFor();
						System.out.print("then ");
						Process echo = Runtime.getRuntime().exec(new String[] { "echo", "piped" });
						System.out.print(new String(echo.getInputStream().readAllBytes()));
						ProcessBuilder sort = new ProcessBuilder("sort").redirectOutput(Redirect.INHERIT);
						ProcessBuilder.startPipeline(List.of(new ProcessBuilder("printf", "two\\\\none\\\\n"), sort))
							.get(1).waitFor();
						System.out.print("end");
					}
				}
				""");
		try (RunningJob job = RunningJob.reading(code, "typed\n")) {
			assertThat(job.awaitEnd().status()).isZero();
			assertThat(job.out()).isEqualTo("out typed\nthen piped\none\ntwo\nend");
			assertThat(job.err()).isEqualTo("err\n");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void anInstanceMainIsStarted() {
		try (RunningJob job = RunningJob.of("class Main { void main() { System.out.print(\"instance\"); } }")) {
			assertThat(job.awaitEnd().status()).isZero();
			assertThat(job.out()).isEqualTo("instance");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void consoleLinesAreTheJobsOwn() {
		JobCode code = CompiledApp.of("""
				void main() {
					IO.println(IO.readln("name? "));
					IO.print("-");
					IO.println();
					IO.print(IO.readln() + IO.readln());
				}
				""");
		try (RunningJob one = RunningJob.reading(code, "one\nsecond");
				RunningJob two = RunningJob.reading(code, "two")) {
			one.awaitEnd();
			two.awaitEnd();
			assertThat(one.out()).isEqualToNormalizingNewlines("name? one\n-\nsecondnull");
			assertThat(two.out()).isEqualToNormalizingNewlines("name? two\n-\nnullnull");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void theDefaultHandlerIsTheJobsOwnOnVirtualThreads() {
		try (RunningJob job = RunningJob
			.of("""
					public class Main {
						public static void main(String[] args) throws Exception {
							Thread.setDefaultUncaughtExceptionHandler((t, e) -> System.out.print("handled " + e.getMessage()));
							Thread.startVirtualThread(() -> { throw new IllegalStateException("this"); }).join();
						}
					}
					""")) {
			job.awaitEnd();
			assertThat(job.out()).isEqualTo("handled this");
			assertThat(job.err()).isEmpty();
		}
	}

	@Test
	void anAppOfTheRepositoryRuns() {
		try (BundleCompiler compiler = new BundleCompiler(List.of())) {
			CompiledCode code = compiler
				.compile(CodeRepository.of(Path.of("..", "apps", "grepo")).bundle("example/hello"));
			try (RunningJob job = RunningJob.of(JobCode.of(code))) {
				assertThat(job.awaitEnd().status()).isZero();
				assertThat(job.out()).isNotBlank();
			}
		}
	}

	@Test
	void classesInPackagesOfThePlatformAreRefused() {
		JobCode code = CompiledApp.of("public class Main { public static void main(String[] args) { } }");
		for (String name : new String[] { "java.util.Own", "io.adaptive.gshell.weave.JobLink" }) {
			JobCode other = new JobCode(Map.of(name, code.classes().get("Main")), Map.of(), name, Set.of());
			assertThatIllegalArgumentException().isThrownBy(() -> RunningJob.of(other))
				.withMessageContaining(name)
				.withMessageContaining("belongs to the platform; move it");
		}
	}

}
