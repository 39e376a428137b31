package io.adaptive.internal.node;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.ContextLoader;
import io.adaptive.internal.message.Deadline;

/**
 * End of a node: closes it once, on a thread that may block, and lets other threads wait
 * for that. Safe for use by many threads.
 */
final class NodeEnd {

	private final LifeCycle life;

	private final WorkerPool workers;

	private final ContextLoader loader = ContextLoader.current();

	private final AtomicBoolean begun = new AtomicBoolean();

	private final CountDownLatch reached = new CountDownLatch(1);

	/**
	 * Creates the end of a running node.
	 * @param life closes the parts of the node
	 * @param workers the node's workers, which must not wait for themselves
	 */
	NodeEnd(LifeCycle life, WorkerPool workers) {
		this.life = life;
		this.workers = workers;
	}

	/**
	 * Closes the node, or waits until another thread has closed it. On a thread that must
	 * not block it only starts to close.
	 * @param limit the limit of closing
	 * @param told run after the node has ended
	 */
	void close(Deadline limit, Runnable told) {
		boolean first = this.begun.compareAndSet(false, true);
		if (!this.workers.mayWait()) {
			if (first) {
				this.loader.on(new Thread(null, () -> end(limit, told), "adaptive-close", 0, false)).start();
			}
		}
		else if (first) {
			end(limit, told);
		}
		else {
			await(limit);
		}
	}

	private void end(Deadline limit, Runnable told) {
		try {
			this.life.close(limit);
		}
		finally {
			this.reached.countDown();
			told.run();
		}
	}

	private void await(Deadline limit) {
		try {
			boolean unused = this.reached.await(limit.leftNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			// The other thread continues, and ends within the drain timeout.
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits for the end of the node, and closes it when the program is shut down.
	 * @param close closes the node
	 * @throws IllegalStateException on a thread that must not block
	 */
	void serve(Runnable close) {
		if (!this.workers.mayWait()) {
			throw new IllegalStateException("Thread %s would wait for itself; serve on the main thread of the program"
				.formatted(Thread.currentThread().getName()));
		}
		Thread leave = new Thread(null, close, "adaptive-shutdown", 0, false);
		try {
			Runtime.getRuntime().addShutdownHook(leave);
			this.reached.await();
			Runtime.getRuntime().removeShutdownHook(leave);
		}
		catch (InterruptedException ex) {
			close.run();
			Thread.currentThread().interrupt();
		}
		catch (IllegalStateException ex) {
			// The program is shutting down and has to wait for the node.
			close.run();
		}
	}

}
