package io.adaptive.gshell.group;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Executor of delayed and of long tasks, on threads of the group. Tasks bring their own
 * care for failures.
 */
final class Timers implements AutoCloseable {

	private final ScheduledExecutorService later;

	private final ExecutorService workers;

	Timers() {
		// Threads of a group must not be in the thread group of the job that needs them
		// first.
		ThreadGroup group = Thread.currentThread().getThreadGroup();
		ClassLoader loader = Timers.class.getClassLoader();
		ThreadFactory threads = (task) -> {
			Thread thread = new Thread(group, task, "gshell worker", 0, false);
			thread.setDaemon(true);
			thread.setContextClassLoader(loader);
			return thread;
		};
		this.later = Executors.newSingleThreadScheduledExecutor(threads);
		this.workers = Executors.newCachedThreadPool(threads);
	}

	void execute(Runnable task) {
		this.workers.execute(task);
	}

	/**
	 * Runs a task on a worker after a delay.
	 */
	ScheduledFuture<?> after(Duration delay, Runnable task) {
		return this.later.schedule(() -> this.workers.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.later.shutdownNow();
		this.workers.shutdownNow();
	}

}
