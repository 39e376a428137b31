package io.adaptive.internal.dispatch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.adaptive.message.Priority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Stands for handlers that block: each run waits until all are released.
 */
final class BlockingWork implements Runnable {

	private final CountDownLatch running;

	private final CountDownLatch released = new CountDownLatch(1);

	private final int runs;

	BlockingWork(int runs) {
		this.runs = runs;
		this.running = new CountDownLatch(runs);
	}

	/**
	 * Queues as many runs as were announced.
	 */
	BlockingWork queue(WorkerPool pool) {
		for (int i = 0; i < this.runs; i++) {
			pool.execute(Priority.NORMAL, this);
		}
		return this;
	}

	@Override
	public void run() {
		this.running.countDown();
		try {
			this.released.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits until every announced run has begun.
	 */
	BlockingWork awaitRunning() throws InterruptedException {
		assertThat(this.running.await(30, TimeUnit.SECONDS)).as("all %d run", this.runs).isTrue();
		return this;
	}

	void release() {
		this.released.countDown();
	}

}
