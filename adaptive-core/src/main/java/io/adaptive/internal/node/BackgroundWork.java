package io.adaptive.internal.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;

import io.adaptive.internal.message.ContextLoader;

/**
 * Background tasks of one node on a thread that nodes share. Safe for use by many
 * threads.
 */
final class BackgroundWork implements Executor, AutoCloseable {

	private final ThreadPoolExecutor thread;

	private final ContextLoader loader = ContextLoader.current();

	private final Set<Work> open = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Creates an executor without tasks. They run with the context class loader of the
	 * calling thread.
	 * @param thread the shared thread
	 */
	BackgroundWork(ThreadPoolExecutor thread) {
		this.thread = thread;
	}

	/**
	 * Queues a task, or drops it after the executor is closed.
	 */
	@Override
	public void execute(Runnable work) {
		Work task = new Work(work);
		this.open.add(task);
		// Checked after the task was added, since close() cancels the added tasks after
		// it has set the flag.
		if (this.closed) {
			task.cancel(false);
		}
		else {
			this.thread.execute(task);
		}
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Drops the waiting tasks and interrupts the running one, without waiting for it.
	 */
	@Override
	public void close() {
		this.closed = true;
		for (Work each : this.open) {
			each.cancel(true);
			this.thread.remove(each);
		}
	}

	private final class Work extends FutureTask<Object> {

		private Work(Runnable work) {
			super(work, BackgroundWork.this);
		}

		@Override
		public void run() {
			BackgroundWork.this.loader.during(super::run);
		}

		@Override
		protected void done() {
			BackgroundWork.this.open.remove(this);
		}

	}

}
