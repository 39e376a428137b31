package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;

/**
 * The threads of the running workers. Thread-safe.
 */
final class LiveWorkers {

	private static final KeyValueLogger logger = KeyValueLogger.of(LiveWorkers.class);

	private static final Duration END_TIME = Duration.ofSeconds(1);

	private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final WorkerThreads threads;

	private final LongSupplier clock;

	private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

	private volatile boolean failed;

	private volatile long failedAt;

	/**
	 * Creates an empty set.
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 */
	LiveWorkers(WorkerThreads threads, LongSupplier clock) {
		this.threads = threads;
		this.clock = clock;
	}

	/**
	 * Starts a worker. A failure, for want of memory or of process numbers, is logged,
	 * and starts are suppressed for a second.
	 * @return whether the worker was started
	 */
	boolean start(Runnable worker) {
		if (this.failed && this.clock.getAsLong() - this.failedAt < RETRY_NANOS) {
			return false;
		}
		Thread thread = null;
		try {
			thread = this.threads.newWorker(worker);
			this.alive.add(thread);
			thread.start();
		}
		// As a rule an OutOfMemoryError. The caller has a message to handle or to queue.
		catch (Throwable ex) {
			if (thread != null) {
				this.alive.remove(thread);
			}
			this.failedAt = this.clock.getAsLong();
			this.failed = true;
			logger.error(
					"worker not started workers={} reason=\"{}\" next=\"tried again in a second; lower the maximum of workers or"
							+ " raise the system's limit of threads\"",
					this.alive.size(), ex.getMessage());
			return false;
		}
		this.failed = false;
		return true;
	}

	/**
	 * Removes the calling worker, which ends.
	 */
	void leave() {
		this.alive.remove(Thread.currentThread());
	}

	/**
	 * Returns the threads of the workers that have not left.
	 */
	Set<Thread> working() {
		return Set.copyOf(this.alive);
	}

	/**
	 * Interrupts all workers except the calling one and waits until they have ended, for
	 * a second at most. Workers that were just being started are interrupted in a second
	 * round.
	 * @param working the workers at the start of termination; some may have left since,
	 * although their threads still run
	 * @param limit ends the waiting before the second is over
	 */
	void end(Set<Thread> working, Deadline limit) {
		Deadline deadline = Deadline.in(END_TIME).soonerOf(limit);
		Set<Thread> met = new HashSet<>(Set.of(Thread.currentThread()));
		Set<Thread> others = without(met);
		others.addAll(working);
		others.removeAll(met);
		while (!others.isEmpty()) {
			others.forEach(Thread::interrupt);
			join(others, deadline);
			met.addAll(others);
			others = without(met);
		}
		met.remove(Thread.currentThread());
		List<String> left = met.stream().filter(Thread::isAlive).map(Thread::getName).toList();
		if (!left.isEmpty()) {
			logger.warn("closed while workers still handle a message count={} workers={}", left.size(), left);
		}
	}

	private Set<Thread> without(Set<Thread> met) {
		Set<Thread> others = new HashSet<>(this.alive);
		others.removeAll(met);
		return others;
	}

	private static void join(Set<Thread> threads, Deadline deadline) {
		try {
			for (Thread thread : threads) {
				if (deadline.leftNanos() > 0) {
					deadline.join(thread);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
