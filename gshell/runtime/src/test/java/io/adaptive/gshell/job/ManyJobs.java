package io.adaptive.gshell.job;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Program of a test: runs jobs, four at a time, and prints how many of their class
 * loaders are left.
 */
final class ManyJobs {

	private static final int AT_ONCE = 4;

	private static final String SOURCE = """
			import java.util.*;
			import java.util.concurrent.*;
			import io.adaptive.gshell.job.Shared;
			public class Main {
				record Message(int number, String text) { }
				static final byte[] PART = new byte[1 << 20];
				static final ThreadLocal<Object> LOCAL = ThreadLocal.withInitial(Main.class::getClassLoader);
				public static void main(String[] args) throws Exception {
					Shared.LOADERS.add(new java.lang.ref.WeakReference<>(Main.class.getClassLoader()));
					LOCAL.get();
					System.setProperty("kept", args[0]);
					System.getProperties().put("object", new Message(1, "a"));
					Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("hook")));
					Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> { });
					ExecutorService pool = Executors.newFixedThreadPool(2);
					pool.submit(() -> new Message(1, "a").toString()).get();
					CompletableFuture.supplyAsync(() -> new Message(2, "b"),
							CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)).get();
					ForkJoinPool.commonPool().submit(() -> List.of(3, 1, 2).parallelStream().map((n) -> new Message(n, "")).toList())
						.get();
					new Timer(true).schedule(new TimerTask() { public void run() { } }, 0, 1);
					Executors.newScheduledThreadPool(1).scheduleAtFixedRate(() -> { }, 0, 1, TimeUnit.MILLISECONDS);
					new java.net.ServerSocket(0);
					try { throw new IllegalStateException(); }
					catch (IllegalStateException ex) { ex.printStackTrace(); }
					if (args[0].endsWith("0")) {
						new ProcessBuilder("true").inheritIO().start().waitFor();
					}
					System.exit(Integer.parseInt(args[0]) % 256);
				}
			}
			""";

	private ManyJobs() {
	}

	public static void main(String[] arguments) throws Exception {
		int count = Integer.parseInt(arguments[0]);
		JobCode code = CompiledApp.of(SOURCE);
		List<Job> jobs = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Job job = Job.start(code, new JobSettings("many" + i, "Main", List.of(Integer.toString(i)), Map.of(),
					ManyJobs.class.getClassLoader(), JobStreams.none(), JobTimeouts.DEFAULT, Clock.systemUTC()));
			jobs.add(job);
			if (jobs.size() == AT_ONCE) {
				check(i + 1 - AT_ONCE, jobs);
				jobs.clear();
			}
		}
		long left = left();
		for (int i = 0; i < 50 && left > 1; i++) {
			System.gc();
			Thread.sleep(100);
			left = left();
		}
		System.out.println(Shared.LOADERS.size() + " loaders, " + left + " left");
		System.out.println(Thread.getAllStackTraces().size() + " threads: " + Thread.getAllStackTraces().keySet());
	}

	private static void check(int first, List<Job> jobs) throws Exception {
		for (int i = 0; i < jobs.size(); i++) {
			JobEnd end = jobs.get(i).ended().get();
			if (end.status() != (first + i) % 256) {
				throw new IllegalStateException("Job " + (first + i) + " has ended with " + end);
			}
		}
	}

	private static long left() {
		return Shared.LOADERS.stream().filter((loader) -> loader.get() != null).count();
	}

}
