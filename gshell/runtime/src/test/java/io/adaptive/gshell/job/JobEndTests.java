package io.adaptive.gshell.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.adaptive.gshell.job.JobEnd.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends of jobs and their status.
 */
class JobEndTests {

	@Test
	void theJobEndsWithItsLastThreadThatIsNoDaemon() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) {
						Thread daemon = new Thread(() -> { while (true) Thread.onSpinWait(); });
						daemon.setDaemon(true);
						daemon.start();
						Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print(" hook")));
						new Thread(() -> {
							try { System.in.read(); } catch (java.io.IOException ex) { }
							System.out.print("last");
						}).start();
					}
				}
				""")) {
			assertThat(job.awaitEnd()).extracting(JobEnd::status, JobEnd::cause, JobEnd::error)
				.containsExactly(0, Cause.RETURNED, null);
			assertThat(job.out()).isEqualTo("last hook");
			assertThat(job.job().state()).isEqualTo(JobState.EXITED);
			assertThat(job.job().threads()).isEmpty();
			assertThat(job.job().end()).get().extracting(JobEnd::at).isNotNull();
		}
	}

	private static final int[] STATUS = { 3, 3, 255, 4, 5, 6, 7, 9, 0, 10, 11, 12 };

	private static final String EXITS = """
			import java.util.concurrent.Executors;
			import java.util.function.IntConsumer;
			public class Main {
				static void hook(Runnable task) {
					Runtime.getRuntime().addShutdownHook(new Thread(task));
				}
				public static void main(String[] args) throws Exception {
					hook(() -> System.err.print("hook"));
					IntConsumer exit;
					switch (Integer.parseInt(args[0])) {
					case 0: System.exit(3); break;
					case 1: System.exit(259); break;
					case 2: System.exit(-1); break;
					case 3: Runtime.getRuntime().exit(4); break;
					case 4: exit = System::exit; exit.accept(5); break;
					case 5: exit = Runtime.getRuntime()::exit; exit.accept(6); break;
					case 6: new Thread(() -> System.exit(7)).start(); Thread.sleep(60_000); break;
					case 7: hook(() -> System.exit(8)); System.exit(9); break;
					case 8: hook(() -> System.exit(8)); break;
					case 9: while (true) { try { System.exit(10); } catch (Throwable ex) { System.out.print(ex); } }
					case 10: synchronized (Main.class) { try { System.exit(11); } finally { System.out.print(1); } } break;
					case 11: Executors.newFixedThreadPool(1).submit(() -> System.exit(12)); break;
					}
				}
			}
			""";

	@Test
	void exitEndsTheJobFromAnywhere() {
		JobCode code = CompiledApp.of(EXITS);
		for (int i = 0; i < STATUS.length; i++) {
			try (RunningJob job = RunningJob.of(code, Integer.toString(i))) {
				assertThat(job.awaitEnd()).as("case " + i)
					.extracting(JobEnd::status, JobEnd::cause)
					.containsExactly(STATUS[i], (STATUS[i] != 0) ? Cause.EXITED : Cause.RETURNED);
				assertThat(job.out()).isEmpty();
				assertThat(job.err()).isEqualTo("hook");
			}
		}
	}

	@Test
	void haltRunsNoHooks() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) {
						Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("hook")));
						Runtime.getRuntime().halt(9);
					}
				}
				""")) {
			assertThat(job.awaitEnd().status()).isEqualTo(9);
			assertThat(job.out()).isEmpty();
		}
	}

	@Test
	void anExceptionOutOfMainIsStatusOneWithTheBeginningOfItsText() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) {
						throw new IllegalArgumentException("ä".repeat(5000));
					}
				}
				""")) {
			JobEnd end = job.awaitEnd();
			assertThat(end).extracting(JobEnd::status, JobEnd::cause).containsExactly(1, Cause.FAILED);
			assertThat(end.error()).matches("java.lang.IllegalArgumentException: ä+");
			assertThat(end.error().getBytes(StandardCharsets.UTF_8).length).isBetween(4093, 4096);
			assertThat(job.err().replaceAll("ä+", "..")).isEqualToNormalizingNewlines(
					"Exception in thread \"main\" java.lang.IllegalArgumentException: ..\n\tat Main.main(Main.java:3)\n");
		}
	}

	@Test
	void anExceptionOutOfMainEndsTheJobAfterItsOtherThreads() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) {
						Thread main = Thread.currentThread();
						new Thread(() -> {
							try { main.join(); } catch (InterruptedException ex) { }
							System.out.print("later");
						}).start();
						throw new IllegalStateException();
					}
				}
				""")) {
			assertThat(job.awaitEnd().status()).isEqualTo(1);
			assertThat(job.out()).isEqualTo("later");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			class Main { }                                                      | has no method public static void main
			public class Main { static int x = 1 / 0; public static void main(String[] a) { } } | / by zero
			""")
	void codeThatCannotBeStartedIsAFailedJob(String source, String text) {
		try (RunningJob job = RunningJob.of(source)) {
			assertThat(job.awaitEnd().status()).isEqualTo(1);
			assertThat(job.job().end().orElseThrow().error()).contains(text);
		}
	}

	@Test
	void aMissingMainClassIsAFailedJob() {
		try (RunningJob job = RunningJob.of(new JobCode(Map.of(), Map.of(), "app.Main", Set.of()))) {
			assertThat(job.awaitEnd().error()).contains("app.Main is neither in the job").contains("nor in its group");
		}
	}

	@Test
	void hooksCannotChangeWhileTheJobEnds() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) {
						Runtime runtime = Runtime.getRuntime();
						Thread removed = new Thread(() -> System.out.print("removed"));
						Thread hook = new Thread(() -> {
							try { runtime.addShutdownHook(new Thread()); }
							catch (IllegalStateException ex) { System.out.print("refused"); }
						});
						runtime.addShutdownHook(removed);
						runtime.addShutdownHook(hook);
						System.out.print(runtime.removeShutdownHook(removed));
						try { runtime.addShutdownHook(hook); }
						catch (IllegalArgumentException ex) { System.out.print("twice"); }
					}
				}
				""")) {
			job.awaitEnd();
			assertThat(job.out()).isEqualTo("truetwicerefused");
		}
	}

	@Test
	void aHookThatDoesNotEndIsBounded() {
		JobTimeouts timeouts = new JobTimeouts(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(5));
		try (RunningJob job = RunningJob.of(CompiledApp.of("""
				public class Main {
					public static void main(String[] args) {
						Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) { } }));
						System.exit(2);
					}
				}
				"""), timeouts)) {
			assertThat(job.awaitEnd().status()).isEqualTo(2);
		}
	}

	@Test
	void aJobThatIsStoppedAtOnceEnds() {
		JobCode code = CompiledApp.of("public class Main { public static void main(String[] a) { while (true) { } } }");
		try (RunningJob job = RunningJob.of(code)) {
			assertThat(job.stop()).extracting(JobEnd::status, JobEnd::cause)
				.containsExactly(JobEnd.STOPPED_STATUS, Cause.STOPPED);
		}
	}

	@Test
	void aStaticInitializerIsStopped() {
		JobCode code = CompiledApp.of("""
				public class Main {
					static { System.out.print("begun"); while (System.getProperty("never") == null) { } }
					public static void main(String[] args) { }
				}
				""");
		try (RunningJob job = RunningJob.of(code).awaitOut("begun")) {
			assertThat(job.stop()).extracting(JobEnd::status, JobEnd::cause)
				.containsExactly(JobEnd.STOPPED_STATUS, Cause.STOPPED);
		}
	}

}
