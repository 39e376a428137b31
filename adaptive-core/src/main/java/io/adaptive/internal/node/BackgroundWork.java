package io.adaptive.internal.node;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * What one node has done on a thread that it shares with others. Safe for use by many
 * threads.
 */
final class BackgroundWork implements Executor, AutoCloseable {

	private final ThreadPoolExecutor thread;

	private final Set<Work> open = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Makes one that has nothing to do.
	 * @param thread does the work
	 */
	BackgroundWork(ThreadPoolExecutor thread) {
		this.thread = thread;
	}

	/**
	 * Queues work; drops it once this is closed.
	 */
	@Override
	public void execute(Runnable work) {
		Work task = new Work(work);
		this.open.add(task);
		// Looked at after adding: whoever closes looks for work after closing.
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
	 * Drops what waits, and interrupts what is being done, without waiting for it.
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
		protected void done() {
			BackgroundWork.this.open.remove(this);
		}

	}

}
