package io.adaptive.gshell.group;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The schedulers of Reactor that all jobs share. Their threads are made on a thread of
 * the group: made on one of a job they would be in its thread group, and the job would
 * not end. Schedulers that a job makes for itself stay its own.
 */
final class SharedSchedulers {

	/** Names of the schedulers that Reactor makes once. */
	private static final Set<String> SHARED = Set.of("parallel", "boundedElastic", "single");

	private SharedSchedulers() {
	}

	/**
	 * Changes how threads are made, before the first job.
	 */
	static void install() {
		ExecutorService makers = Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, "gshell thread maker");
			thread.setDaemon(true);
			thread.setContextClassLoader(SharedSchedulers.class.getClassLoader());
			return thread;
		});
		// Starts the thread that makes the others.
		makers.execute(() -> {
		});
		Schedulers.setFactory(new Schedulers.Factory() {

			@Override
			public Scheduler newParallel(int parallelism, ThreadFactory threads) {
				return Schedulers.Factory.super.newParallel(parallelism, onGroup(threads, makers));
			}

			@Override
			public Scheduler newBoundedElastic(int threadCap, int taskCap, ThreadFactory threads, int ttlSeconds) {
				Scheduler scheduler = Schedulers.Factory.super.newBoundedElastic(threadCap, taskCap,
						onGroup(threads, makers), ttlSeconds);
				if (isShared(threads)) {
					// Starts its evictor, which has a factory of its own.
					CompletableFuture.runAsync(scheduler::init, makers).join();
				}
				return scheduler;
			}

			@Override
			public Scheduler newSingle(ThreadFactory threads) {
				return Schedulers.Factory.super.newSingle(onGroup(threads, makers));
			}

		});
	}

	private static ThreadFactory onGroup(ThreadFactory threads, ExecutorService makers) {
		return isShared(threads) ? (task) -> CompletableFuture.supplyAsync(() -> threads.newThread(task), makers).join()
				: threads;
	}

	private static boolean isShared(ThreadFactory threads) {
		return threads instanceof Supplier<?> named && named.get() instanceof String name && SHARED.contains(name);
	}

}
