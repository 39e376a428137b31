package io.adaptive.internal.dispatch;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a node that complete calls, tell listeners and cancel handlers.
 * <p>
 * They are none of the worker pool. A handler that waits for a call of its own keeps its
 * worker, and when all workers wait, no worker is left to complete what they wait for.
 * There is no maximum either, for what users hang on a future may wait, too: one thread
 * is idle at any time, as far as the system has threads. The first thread is started with
 * the first callback. For any number of threads.
 */
final class CallbackThreads implements Executor {

	private static final KeyValueLogger logger = KeyValueLogger.of(CallbackThreads.class);

	/**
	 * One idle thread is enough: a callback that does not wait is done before another
	 * thread would have been started.
	 */
	private static final ScaleFactors SCALE = new ScaleFactors(1, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);

	private final Mailbox mailbox = new Mailbox();

	private final WorkerThreads threads;

	private final LongSupplier clock;

	private final Consumer<Runnable> surroundings;

	private volatile @Nullable WorkerScaler scaler;

	/** Guarded by this. */
	private boolean closed;

	/**
	 * Prepares to start threads.
	 * @param clock the time in nanoseconds, from any origin
	 * @param surroundings runs each thread's work
	 */
	CallbackThreads(WorkerThreads threads, LongSupplier clock, Consumer<Runnable> surroundings) {
		this.threads = threads;
		this.clock = clock;
		this.surroundings = surroundings;
	}

	/**
	 * Queues work for the next free thread. Once the node has ended it is done on the
	 * calling thread, so that nothing is lost.
	 * @param work what it throws is logged
	 */
	@Override
	public void execute(Runnable work) {
		this.mailbox.put(Priority.NORMAL, work);
		WorkerScaler scaler = scaler();
		if (scaler == null || scaler.isTerminated()) {
			finish();
		}
		else {
			scaler.attend();
		}
	}

	private @Nullable WorkerScaler scaler() {
		WorkerScaler scaler = this.scaler;
		return (scaler != null) ? scaler : start();
	}

	private synchronized @Nullable WorkerScaler start() {
		if (this.scaler == null && !this.closed) {
			this.scaler = new WorkerScaler(this.mailbox, this.threads, SCALE, this.clock, this.surroundings);
		}
		return this.scaler;
	}

	/**
	 * Does what is left.
	 */
	private void finish() {
		for (Runnable work = this.mailbox.poll(); work != null; work = this.mailbox.poll()) {
			finish(work);
		}
	}

	private void finish(Runnable work) {
		try {
			this.surroundings.accept(work);
		}
		// The code of users: others must not be lost with it.
		catch (Throwable ex) {
			logger.error("work failed thread={}", Thread.currentThread().getName(), ex);
		}
	}

	/**
	 * Interrupts what is being run, waits a second at most for it to end, and does the
	 * rest on the calling thread.
	 * @param deadline ends the waiting before the second is over
	 */
	void close(Deadline deadline) {
		WorkerScaler scaler;
		synchronized (this) {
			this.closed = true;
			scaler = this.scaler;
		}
		if (scaler != null) {
			scaler.terminate(deadline);
		}
		finish();
	}

}
