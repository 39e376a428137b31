package io.adaptive.dispatch;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workers of a node. A fixed number of threads share one queue, first in, first out.
 */
public final class WorkerPool implements AutoCloseable {

	private final ThreadPoolExecutor executor;

	/**
	 * Starts the workers.
	 * @param resident how many, at least 1
	 */
	public WorkerPool(int resident) {
		if (resident < 1) {
			throw new IllegalArgumentException("A pool has at least one resident worker, not " + resident);
		}
		AtomicInteger number = new AtomicInteger();
		this.executor = new ThreadPoolExecutor(resident, resident, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(work) -> {
					Thread worker = new Thread(work, "adaptive-worker-" + number.incrementAndGet());
					worker.setDaemon(true);
					return worker;
				});
		this.executor.prestartAllCoreThreads();
	}

	/**
	 * Queues work.
	 * @param work must not throw
	 * @throws java.util.concurrent.RejectedExecutionException if the pool is closed
	 */
	public void execute(Runnable work) {
		this.executor.execute(work);
	}

	/**
	 * Reads the pool's numbers.
	 * @return the numbers of this moment
	 */
	public WorkerStatistics statistics() {
		int resident = this.executor.getCorePoolSize();
		int total = this.executor.getPoolSize();
		int busy = Math.min(this.executor.getActiveCount(), total);
		return new WorkerStatistics(resident, resident, total, busy, total - busy, this.executor.getQueue().size());
	}

	/**
	 * Ends the workers; interrupts those that still handle a message.
	 */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
