package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Terminates surplus workers. Time is cut into periods. A worker is surplus if the target
 * would have been met without it even at the busiest moment of a whole period, the one
 * with the fewest idle workers. The lowest number of idle workers is measured, not the
 * idle time of each worker: otherwise a light load would hold a big pool by touching its
 * workers in turn. A burst is forgotten after one to two periods.
 * <p>
 * The reaper's thread lives only while there are more than the resident workers.
 */
final class IdleReaper implements Runnable {

	/** The minimum time for which a worker has to be surplus. */
	static final Duration PERIOD = Duration.ofSeconds(1);

	private final Pool pool;

	private final WorkerThreads threads;

	private final LongSupplier clock;

	private final AtomicReference<@Nullable Thread> watcher = new AtomicReference<>();

	private final ReentrantLock lock = new ReentrantLock();

	private long periodStart;

	/**
	 * Creates the reaper, without starting its thread.
	 * @param pool the workers
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 */
	IdleReaper(Pool pool, WorkerThreads threads, LongSupplier clock) {
		this.pool = pool;
		this.threads = threads;
		this.clock = clock;
		this.periodStart = clock.getAsLong();
	}

	/**
	 * Ensures that the reaper's thread runs while there are more than the resident
	 * workers. Called after a worker was added.
	 */
	void ensureRunning() {
		if (this.watcher.get() != null || !this.pool.hasMoreThanResident()) {
			return;
		}
		Thread thread;
		try {
			thread = this.threads.newThread("adaptive-worker-watch", this);
		}
		// No room for another thread: the next added worker tries again.
		catch (OutOfMemoryError ex) {
			return;
		}
		if (this.watcher.compareAndSet(null, thread)) {
			startPeriod();
			try {
				thread.start();
			}
			catch (OutOfMemoryError ex) {
				this.watcher.set(null);
			}
		}
	}

	void stop() {
		Thread thread = this.watcher.get();
		if (thread != null) {
			LockSupport.unpark(thread);
		}
	}

	@Override
	public void run() {
		do {
			LockSupport.parkNanos(this, PERIOD.toNanos());
			review();
		}
		while (isNeeded());
	}

	private boolean isNeeded() {
		if (this.pool.isTerminated()) {
			return false;
		}
		if (this.pool.hasMoreThanResident()) {
			return true;
		}
		this.watcher.set(null);
		// A worker added before the line above relies on this thread.
		return this.pool.hasMoreThanResident() && this.watcher.compareAndSet(null, Thread.currentThread());
	}

	private void startPeriod() {
		this.lock.lock();
		try {
			this.periodStart = this.clock.getAsLong();
			this.pool.poolSize().forgetLeastIdle();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Terminates the surplus workers if a period is over.
	 */
	void review() {
		this.lock.lock();
		try {
			if (this.clock.getAsLong() - this.periodStart >= PERIOD.toNanos()) {
				this.pool.reviewLimit();
				this.pool.shrink(this.pool.poolSize().leastIdle());
				startPeriod();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The pool whose surplus workers are terminated. Thread-safe.
	 */
	interface Pool {

		boolean hasMoreThanResident();

		boolean isTerminated();

		PoolSize poolSize();

		/**
		 * Logs, once for each occurrence, that messages wait while the pool is at its
		 * maximum.
		 */
		void reviewLimit();

		/**
		 * Terminates idle workers that are surplus.
		 * @param leastIdle the number of idle workers at the busiest moment
		 */
		void shrink(int leastIdle);

	}

}
