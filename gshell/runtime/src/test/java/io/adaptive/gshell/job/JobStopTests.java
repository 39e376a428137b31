package io.adaptive.gshell.job;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.adaptive.gshell.SlowTest;
import io.adaptive.gshell.job.CompiledApp.Compiler;
import io.adaptive.gshell.job.JobEnd.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Code that ignores interrupts and keeps exceptions, ended by the woven check.
 */
class JobStopTests {

	/** Half a second is the goal. */
	private static final Duration BOUND = Duration.ofSeconds(5);

	private static final String SOURCE = """
			import java.util.concurrent.locks.LockSupport;
			import java.util.stream.Stream;
			public class Main {
				static volatile long count;
				static void task() {
					%s
				}
				static void recurse() {
					try { recurse(); } catch (Throwable ex) { count++; } finally { recurse(); }
				}
				public static void main(String[] args) throws Exception {
					Runnable task = () -> { System.out.print("begun"); task(); };
					%s
				}
			}
			""";

	private static final List<String> TASKS = List.of( //
			"while (true) { count++; }", //
			"for (;;) { try { count++; throw new Error(); } catch (Throwable ex) { } }", //
			"while (true) { synchronized (Main.class) { count++; } }", //
			"synchronized (Main.class) { while (true) { try { Main.class.wait(); } catch (Throwable ex) { } } }", //
			"while (true) { try { count++; } finally { continue; } }", //
			"while (true) { try { task(); } catch (Throwable ex) { } }", //
			"recurse();", //
			"while (true) { try { Thread.sleep(100_000); } catch (InterruptedException ex) { } }", //
			"while (true) { LockSupport.park(); }", //
			"while (true) { try { synchronized (new Object()) { try { count++; } finally { count += 2; } } } "
					+ "catch (Error | RuntimeException ex) { synchronized (Main.class) { count--; } } }", //
			"do { switch ((int) (count++ % 3)) { case 0: continue; case 1: break; default: count++; } } while (true);", //
			"Stream.iterate(1, (n) -> n + 1).forEach((n) -> { });", //
			"while (true) { try (AutoCloseable closed = () -> { throw new Exception(); }) { count++; } "
					+ "catch (Exception ex) { } }");

	private static final String ON_MAIN = "task.run();";

	private static final String ON_THREAD = "new Thread(task).start();";

	private static final String ON_VIRTUAL_THREADS = """
			Thread.startVirtualThread(task);
			Thread.ofVirtual().start(task);
			Thread.ofVirtual().factory().newThread(task).start();
			java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor().submit(task);
			Thread.currentThread().join();""";

	static Stream<Arguments> tasks() {
		return Arrays.stream(Compiler.values())
			.flatMap((compiler) -> TASKS.stream().map((task) -> Arguments.of(compiler, task)));
	}

	@Test
	void aLoopThatKeepsEveryExceptionEnds() {
		assertStops(CompiledApp.of(SOURCE.formatted(TASKS.get(1), ON_MAIN)), "begun");
	}

	@SlowTest
	@ParameterizedTest
	@MethodSource("tasks")
	void loopsEndOnPlatformThreads(Compiler compiler, String task) {
		for (String start : List.of(ON_MAIN, ON_THREAD)) {
			assertStops(CompiledApp.of(SOURCE.formatted(task, start), compiler, true), "begun");
		}
	}

	@SlowTest
	@ParameterizedTest
	@MethodSource("tasks")
	@EnabledForJreRange(min = JRE.JAVA_21)
	void loopsEndOnVirtualThreads(Compiler compiler, String task) {
		assertStops(CompiledApp.of(SOURCE.formatted(task, ON_VIRTUAL_THREADS), compiler, true), "begun");
	}

	@ParameterizedTest
	@EnumSource(Compiler.class)
	void theCommonPoolIsGivenBack(Compiler compiler) {
		assertStops(CompiledApp.of(
				SOURCE.formatted(TASKS.get(1),
						"java.util.concurrent.ForkJoinPool.commonPool().execute(task); Thread.currentThread().join();"),
				compiler, true), "begun");
	}

	@Test
	void noCatchKeepsTheErrorThatEndsTheCode() {
		JobCode code = CompiledApp.of("""
				public class Main {
					public static void main(String[] args) {
						System.out.print("begun");
						try { Thread.sleep(100_000); } catch (InterruptedException ex) { System.out.print(" asked"); }
						try { Thread.sleep(100_000); } catch (Throwable ex) { System.out.print(" caught"); }
						try { Thread.sleep(100_000); } catch (Throwable ex) { System.out.print(" caught"); }
						System.out.print(" went on");
					}
				}
				""");
		try (RunningJob job = RunningJob.of(code).awaitOut("begun")) {
			job.stop();
			assertThat(job.out()).isEqualTo("begun asked");
		}
	}

	@Test
	void withoutTheCheckOnlyInterruptsEndAJob() {
		JobCode code = CompiledApp.of("""
				public class Main {
					public static void main(String[] args) {
						System.out.print("begun");
						while (!Thread.currentThread().isInterrupted()) { }
						long end = System.nanoTime() + 200_000_000;
						while (System.nanoTime() < end) { }
						System.out.print(" went on");
					}
				}
				""", Compiler.JAVAC, false);
		try (RunningJob job = RunningJob.of(code).awaitOut("begun")) {
			job.stop();
			assertThat(job.out()).isEqualTo("begun went on");
		}
	}

	@Test
	void aStoppedJobHasTimeToEndByItsOwnMeans() {
		JobTimeouts timeouts = new JobTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(5));
		JobCode code = CompiledApp.of("""
				public class Main {
					public static void main(String[] args) {
						Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print(" hook")));
						System.out.print("begun");
						try { Thread.sleep(100_000); }
						catch (InterruptedException ex) {
							for (int i = 0; i < 3; i++) { System.out.print(" saved" + i); }
						}
					}
				}
				""");
		try (RunningJob job = RunningJob.of(code, timeouts).awaitOut("begun")) {
			assertThat(job.stop()).extracting(JobEnd::status, JobEnd::cause)
				.containsExactly(JobEnd.STOPPED_STATUS, Cause.STOPPED);
			assertThat(job.out()).isEqualTo("begun hook saved0 saved1 saved2");
			assertThat(job.err()).isEmpty();
		}
	}

	private static void assertStops(JobCode code, String begun) {
		try (RunningJob job = RunningJob.of(code).awaitOut(begun)) {
			long begin = System.nanoTime();
			assertThat(job.stop().cause()).isEqualTo(Cause.STOPPED);
			Duration taken = Duration.ofNanos(System.nanoTime() - begin).minus(RunningJob.SHORT.interrupts());
			System.out.println("Ended after " + taken.toMillis() + " ms");
			assertThat(taken).isLessThan(BOUND);
			assertThat(job.err()).isEmpty();
		}
	}

}
