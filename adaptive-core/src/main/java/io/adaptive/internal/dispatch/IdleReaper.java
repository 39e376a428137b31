package io.adaptive.internal.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Gives workers back that nobody needed for a while. Time is cut into periods; a worker
 * is surplus if even at the busiest moment of a whole period so many were idle that the
 * target would have been met without it. Looking at the lowest number instead of at how
 * long each worker was idle keeps a light load from holding a big pool by touching its
 * workers in turn; a burst is forgotten after one to two periods.
 * <p>
 * Its thread lives only while there are more than the resident workers.
 */
final class IdleReaper implements Runnable {

	/** How long a worker has to be surplus. */
	static final Duration PERIOD = Duration.ofSeconds(1);

	private final WorkerScaler scaler;

	private final WorkerThreads threads;

	private final LongSupplier clock;

	private final AtomicReference<@Nullable Thread> watcher = new AtomicReference<>();

	private final ReentrantLock lock = new ReentrantLock();

	private long periodStart;

	/**
	 * Prepares to watch.
	 * @param scaler whose workers
	 * @param clock the time in nanoseconds, from any origin
	 */
	IdleReaper(WorkerScaler scaler, WorkerThreads threads, LongSupplier clock) {
		this.scaler = scaler;
		this.threads = threads;
		this.clock = clock;
		this.periodStart = clock.getAsLong();
	}

	/**
	 * Sees to it that somebody watches. Called after a worker was added.
	 */
	void ensureRunning() {
		if (this.watcher.get() != null || !this.scaler.hasMoreThanResident()) {
			return;
		}
		Thread thread;
		try {
			thread = this.threads.newThread("adaptive-worker-watch", this);
		}
		// No room for another thread: the next worker that is added asks again.
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
		if (this.scaler.isTerminated()) {
			return false;
		}
		if (this.scaler.hasMoreThanResident()) {
			return true;
		}
		this.watcher.set(null);
		// Whatever worker was added before that line relies on this thread.
		return this.scaler.hasMoreThanResident() && this.watcher.compareAndSet(null, Thread.currentThread());
	}

	private void startPeriod() {
		this.lock.lock();
		try {
			this.periodStart = this.clock.getAsLong();
			this.scaler.poolSize().forgetLeastIdle();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the surplus workers if a period is over.
	 */
	void review() {
		this.lock.lock();
		try {
			if (this.clock.getAsLong() - this.periodStart >= PERIOD.toNanos()) {
				this.scaler.reviewLimit();
				this.scaler.shrink(this.scaler.poolSize().leastIdle());
				startPeriod();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
