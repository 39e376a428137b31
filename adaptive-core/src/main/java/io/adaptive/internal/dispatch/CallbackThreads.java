package io.adaptive.internal.dispatch;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.adaptive.internal.message.Deadline;
import io.adaptive.message.Priority;
import io.adaptive.settings.ScaleFactors;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a node that complete calls, notify listeners and cancel handlers.
 * <p>
 * They are separate from the worker pool. A handler that waits for a call of its own
 * keeps its worker, and when all workers wait, no worker is left to complete those calls.
 * The number of threads has no maximum either, since dependent stages of futures may
 * wait, too: one thread is idle at any time, as far as the system has threads. The first
 * thread is started with the first callback. Thread-safe.
 */
final class CallbackThreads implements Executor {

	/**
	 * One idle thread is enough: a callback that does not wait returns before another
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
	 * Creates the executor, without starting a thread.
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 * @param surroundings runs the loop of each thread
	 */
	CallbackThreads(WorkerThreads threads, LongSupplier clock, Consumer<Runnable> surroundings) {
		this.threads = threads;
		this.clock = clock;
		this.surroundings = surroundings;
	}

	/**
	 * Queues work for the next free thread. After the node has been closed, the work runs
	 * on the calling thread, so that none is lost.
	 * @param work its exceptions are logged
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
	 * Runs the remaining work on the calling thread.
	 */
	private void finish() {
		for (Runnable work = this.mailbox.poll(); work != null; work = this.mailbox.poll()) {
			Leftovers.run(work, this.surroundings);
		}
	}

	/**
	 * Interrupts running callbacks, waits up to a second for their end, and runs the
	 * remaining work on the calling thread.
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
