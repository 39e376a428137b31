package io.adaptive.gshell.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

import io.adaptive.gshell.weave.JobClassLoader;

/**
 * The threads of a job. Platform threads are those of its thread group, which threads
 * inherit from the thread that makes them, also inside the platform. Virtual threads are
 * in no group and are reported where woven code makes them. Workers of the common pool
 * belong to the JVM, whichever job has made them.
 */
final class JobThreads {

	private final ThreadGroup group;

	private final WeakIdentitySet<Thread> made = new WeakIdentitySet<>();

	JobThreads(ThreadGroup group) {
		this.group = group;
	}

	void made(Thread thread) {
		this.made.add(thread);
	}

	/**
	 * Threads of the job that live.
	 */
	List<Thread> alive() {
		Set<Thread> alive = Collections.newSetFromMap(new IdentityHashMap<>());
		alive.addAll(grouped());
		alive.addAll(this.made.list());
		alive.removeIf((thread) -> !thread.isAlive() || isCommon(thread));
		return List.copyOf(alive);
	}

	/**
	 * Whether a thread lives that keeps the job from ending by itself.
	 */
	boolean keepJobAlive() {
		return alive().stream().anyMatch((thread) -> !thread.isDaemon());
	}

	/**
	 * Threads of the JVM that run code of the job at the moment, as the common pool does.
	 * A class of the same name in another job that does the same cannot be told apart.
	 * Costs some milliseconds.
	 */
	List<Thread> borrowed(JobClassLoader loader) {
		List<Thread> own = alive();
		List<Thread> borrowed = new ArrayList<>();
		for (Map.Entry<Thread, StackTraceElement[]> running : Thread.getAllStackTraces().entrySet()) {
			boolean job = Arrays.stream(running.getValue()).anyMatch((frame) -> loader.hasLoaded(frame.getClassName()));
			if (job && !isOfOtherJob(running.getKey())
					&& own.stream().noneMatch((thread) -> thread == running.getKey())) {
				borrowed.add(running.getKey());
			}
		}
		return borrowed;
	}

	private static boolean isOfOtherJob(Thread thread) {
		return thread.getThreadGroup() instanceof JobThreadGroup && !isCommon(thread);
	}

	/** Calls code of the job, where a thread overrides the method. */
	void interrupt() {
		alive().stream().filter((thread) -> thread != Thread.currentThread()).forEach(Thread::interrupt);
	}

	private List<Thread> grouped() {
		Thread[] found = new Thread[this.group.activeCount() + 16];
		int count = this.group.enumerate(found);
		while (count == found.length) {
			found = new Thread[2 * found.length];
			count = this.group.enumerate(found);
		}
		return Arrays.asList(found).subList(0, count);
	}

	private static boolean isCommon(Thread thread) {
		return thread instanceof ForkJoinWorkerThread worker && worker.getPool() == ForkJoinPool.commonPool();
	}

	/**
	 * Forgets the threads, and the group where Java 17 keeps it in its parent.
	 */
	@SuppressWarnings("removal")
	void close() {
		this.made.clear();
		if (!this.group.isDestroyed()) {
			try {
				this.group.destroy();
			}
			catch (IllegalThreadStateException ex) {
				// A worker of the common pool lives in it.
			}
		}
	}

}
