package io.adaptive.gshell.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

/**
 * Resources that a job leaves open or running when it ends.
 */
class JobLeftoversTests {

	private static final JobTimeouts QUICK = new JobTimeouts(Duration.ofSeconds(3), Duration.ofMillis(50),
			Duration.ofMillis(200));

	private static final List<String> LEFT_OPEN = List.of( //
			"Executors.newFixedThreadPool(2).submit(() -> System.out.print(1));", //
			"new ThreadPoolExecutor(1, 1, 1, TimeUnit.DAYS, new LinkedBlockingQueue<>()).execute(() -> { });", //
			"class Own extends ScheduledThreadPoolExecutor { Own() { super(1); } } new Own().schedule(() -> { }, 1, "
					+ "TimeUnit.MILLISECONDS);", //
			"new Timer().schedule(new TimerTask() { public void run() { } }, 0, 10);", //
			"new ForkJoinPool(2).submit(() -> { });", //
			"ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); new Thread(() -> { "
					+ "while (true) try { socket.accept(); } catch (IOException ex) { } }).start();", //
			"DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress()); "
					+ "socket.receive(new DatagramPacket(new byte[1], 1));", //
			"Selector.open().select();", //
			"ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).accept();", //
			"com.sun.net.httpserver.HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)"
					+ ".start();", //
			"java.nio.file.FileSystems.getDefault().newWatchService().take();", //
			"AsynchronousServerSocketChannel.open(AsynchronousChannelGroup.withFixedThreadPool(1, Thread::new)).bind("
					+ "new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).accept().get();", //
			"AsynchronousServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))"
					+ ".accept().get();", //
			"AsynchronousFileChannel.open(java.nio.file.Path.of(\"/etc/passwd\")).read(java.nio.ByteBuffer.allocate(1), 0).get(); "
					+ "Thread.sleep(100_000);", //
			"java.net.http.HttpClient.newHttpClient(); Thread.sleep(100_000);", //
			"Process process = new ProcessBuilder(\"sleep\", \"1000\").start(); process.waitFor();", //
			"new ProcessBuilder(\"sh\", \"-c\", \"trap '' TERM; sleep 1000 & wait\").start().getInputStream().read();");

	private static @Nullable JobCode leavesOpen;

	/** All of them in one source, compiled once. */
	private static JobCode leavesOpen() {
		JobCode code = leavesOpen;
		if (code == null) {
			code = CompiledApp.of("""
					import java.io.*; import java.net.*; import java.nio.channels.*; import java.util.*;
					import java.util.concurrent.*;
					public class Main {
						public static void main(String[] args) throws Exception {
							new Thread(() -> { while (true) try { Thread.sleep(100_000); }
									catch (InterruptedException ex) { return; } }).start();
							System.out.print("begun");
							switch (Integer.parseInt(args[0])) { %s }
						}
					}
					""".formatted(IntStream.range(0, LEFT_OPEN.size())
				.mapToObj((i) -> "case %s: { %s break; }".formatted(i, LEFT_OPEN.get(i)))
				.collect(Collectors.joining("\n"))));
			leavesOpen = code;
		}
		return code;
	}

	static IntStream leftOpen() {
		return IntStream.range(0, LEFT_OPEN.size());
	}

	@ParameterizedTest
	@MethodSource("leftOpen")
	void isShutOnStop(int number) {
		try (RunningJob job = RunningJob.of(leavesOpen(), Integer.toString(number)).awaitOut("begun")) {
			await().until(() -> job.job().threads().stream().anyMatch((thread) -> isWaiting(thread.state())));
			assertThat(job.stop().status()).isEqualTo(JobEnd.STOPPED_STATUS);
			assertThat(job.job().state()).isEqualTo(JobState.EXITED);
			assertThat(job.job().processes()).isEmpty();
			assertThat(job.err()).isEmpty();
		}
	}

	private static boolean isWaiting(Thread.State state) {
		return state == Thread.State.TIMED_WAITING;
	}

	/** The platform keeps the threads that read for a minute, for the whole JVM. */
	@Test
	void asynchronousReadsLeaveNoThreadInTheJob() {
		try (RunningJob job = RunningJob.of("""
				import java.nio.*; import java.nio.channels.*; import java.nio.file.*;
				public class Main {
					public static void main(String[] args) throws Exception {
						try (AsynchronousFileChannel file = AsynchronousFileChannel.open(Path.of("/proc/self/stat"))) {
							file.read(ByteBuffer.allocate(1), 0).get();
						}
						System.out.print("read");
						Thread.sleep(100_000);
					}
				}
				""").awaitOut("read")) {
			assertThat(job.stop().status()).isEqualTo(JobEnd.STOPPED_STATUS);
			assertThat(job.job().state()).isEqualTo(JobState.EXITED);
		}
	}

	@Test
	void aProcessThatHasEndedAndIsNotWaitedForIsGone() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) throws Exception {
						new ProcessBuilder("sh", "-c", "sleep 0 & exec sleep 1000").start().waitFor();
					}
				}
				""")) {
			await().until(() -> job.job().processes().size() == 1);
			await().during(Duration.ofMillis(200)).until(() -> job.job().processes().size() == 1);
			assertThat(job.job().processes().get(0).info().command()).get().asString().endsWith("sleep");
		}
	}

	@Test
	void isNamedWhenTheJobEndsByItself() throws IOException {
		try (RunningJob job = RunningJob.of("""
				import java.net.*;
				public class Main {
					static Object kept;
					public static void main(String[] args) throws Exception {
						ServerSocket socket = new ServerSocket(0);
						kept = new Object[] { socket, new java.io.FileInputStream("/dev/null"),
								new java.io.FileOutputStream(java.io.FileDescriptor.out),
								java.util.concurrent.Executors.newFixedThreadPool(1) };
						new ProcessBuilder("sleep", "1000").start();
						System.out.print(socket.getLocalPort());
					}
				}
				""")) {
			JobEnd end = job.awaitEnd();
			int port = Integer.parseInt(job.out());
			assertThat(end.leftBehind()).hasSize(4)
				.anyMatch((line) -> line.matches("process [0-9]+ .*sleep"))
				.contains("java.net.ServerSocket at port " + port, "java.io.FileInputStream",
						"java.util.concurrent.ThreadPoolExecutor");
			assertThatCode(() -> new ServerSocket(port).close()).doesNotThrowAnyException();
			System.out.println("The output of the JVM is open");
			assertThat(System.out.checkError()).isFalse();
		}
	}

	@Test
	void directMemoryIsCounted() {
		try (RunningJob job = RunningJob
			.of("""
					import java.nio.ByteBuffer;
					import java.util.List;
					public class Main {
						static List<ByteBuffer> kept;
						public static void main(String[] args) {
							kept = List.of(ByteBuffer.allocateDirect(3_000_000), ByteBuffer.allocateDirect(500), ByteBuffer.allocate(7));
						}
					}
					""")) {
			assertThat(job.awaitEnd().leftBehind())
				.containsExactly("direct memory until it is collected: 3000500 bytes in 2 buffers");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsEndWithTheJob() {
		try (RunningJob job = RunningJob.of("""
				public class Main {
					public static void main(String[] args) throws Exception {
						var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
						executor.submit(() -> { while (true) { try { Thread.sleep(1000); }
								catch (InterruptedException ex) { } } });
						Thread.startVirtualThread(() -> { throw new IllegalStateException("uncaught"); }).join();
						System.out.print(executor.submit(() -> Thread.currentThread().isVirtual()).get());
					}
				}
				""")) {
			assertThat(job.awaitEnd().status()).isZero();
			assertThat(job.out()).isEqualTo("true");
			assertThat(job.err()).contains("IllegalStateException: uncaught").doesNotContain("JobStopped");
		}
	}

	@Test
	void aJobThatWaitsForALockIsStuckAndNamedWithItsStack() {
		JobCode code = CompiledApp.of("""
				import io.adaptive.gshell.job.Shared;
				public class Main {
					public static void main(String[] args) throws Exception {
						Thread.currentThread().setName("waits");
						System.out.print("begun");
						Shared.LOCK.acquireUninterruptibly();
					}
				}
				""");
		try (RunningJob job = RunningJob.of(code, QUICK).awaitOut("begun");
				RunningJob other = RunningJob
					.of(CompiledApp.of("public class Main { public static void main(String[] args) throws Exception "
							+ "{ System.in.read(); Thread.sleep(100_000); } }"))) {
			job.job().stop();
			await().until(() -> job.job().state() == JobState.STUCK);
			assertThat(job.job().end()).isEmpty();
			assertThat(job.job().threads()).singleElement()
				.asString()
				.startsWith("\"waits\" WAITING")
				.contains("java.util.concurrent.Semaphore.acquireUninterruptibly", "\tat Main.main(Main.java:6)");
			assertThat(other.job().state()).isEqualTo(JobState.RUNNING);
			Shared.LOCK.release();
			assertThat(job.awaitEnd().status()).isEqualTo(JobEnd.STOPPED_STATUS);
			assertThat(job.job().state()).isEqualTo(JobState.EXITED);
			assertThat(other.stop().status()).isEqualTo(JobEnd.STOPPED_STATUS);
		}
	}

	@Test
	void aJobWhoseOutputIsNotReadHoldsUpNoOther() {
		Semaphore read = new Semaphore(0);
		OutputStream full = new OutputStream() {
			@Override
			public void write(int value) {
				read.acquireUninterruptibly();
			}
		};
		String prints = """
				public class Main {
					public static void main(String[] args) throws Exception {
						for (Runnable print : new Runnable[] { Thread::dumpStack, () -> new Error().printStackTrace(),
								() -> { throw new Error(); } }) {
							Thread thread = new Thread(print);
							thread.start();
							if (args.length == 0) { thread.join(); }
						}
						System.out.print("printed");
					}
				}
				""";
		JobCode code = CompiledApp.of(prints);
		try (RunningJob job = RunningJob.of(code, new JobStreams(InputStream.nullInputStream(), full, full), QUICK,
				"blocked"); RunningJob other = RunningJob.of(code)) {
			assertThat(other.awaitEnd().status()).isZero();
			assertThat(other.out()).isEqualTo("printed");
			assertThat(job.job().end()).isEmpty();
			job.job().stop();
			await().until(() -> job.job().state() == JobState.STUCK);
			read.release(Integer.MAX_VALUE);
			job.awaitEnd();
		}
	}

	@Test
	void aReadThatCannotBeClosedIsStuck(@TempDir Path folder) throws Exception {
		Path fifo = folder.resolve("fifo");
		assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
		JobCode code = CompiledApp.of("""
				public class Main {
					public static void main(String[] args) throws Exception {
						System.out.print("begun");
						new java.io.FileInputStream(args[0]).read();
					}
				}
				""");
		try (RunningJob job = RunningJob.of(code, QUICK, fifo.toString()).awaitOut("begun")) {
			job.job().stop();
			await().until(() -> job.job().state() == JobState.STUCK);
			assertThat(job.job().threads()).singleElement().asString().contains("FileInputStream.open", "Main.main");
			Files.newOutputStream(fifo).close();
			assertThat(job.job().ended()).succeedsWithin(5, TimeUnit.SECONDS);
		}
	}

	@Test
	void aTaskOnTheCommonPoolThatWaitsForALockKeepsTheJobStuck() {
		JobCode code = CompiledApp.of("""
				import io.adaptive.gshell.job.Shared;
				public class Main {
					public static void main(String[] args) throws Exception {
						java.util.concurrent.ForkJoinPool.commonPool().execute(() -> {
							System.out.print("begun");
							Shared.LOCK.acquireUninterruptibly();
						});
						Thread.sleep(100_000);
					}
				}
				""");
		try (RunningJob job = RunningJob.of(code, QUICK).awaitOut("begun")) {
			job.job().stop();
			await().until(() -> job.job().state() == JobState.STUCK);
			assertThat(job.job().threads()).singleElement()
				.asString()
				.contains("ForkJoinPool.commonPool", "Semaphore.acquireUninterruptibly");
			Shared.LOCK.release();
			job.awaitEnd();
		}
	}

}
