package io.adaptive.internal.dispatch;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.stream.ConnectionQueue;
import io.adaptive.internal.stream.ReceiveBudget;
import io.adaptive.message.Priority;
import io.adaptive.message.WorkerStatistics;
import io.adaptive.settings.Limits;
import io.adaptive.settings.ScaleFactors;
import io.adaptive.settings.WorkerKind;
import io.adaptive.status.QueueListener;
import io.adaptive.status.QueueStatistics;
import reactor.core.scheduler.Schedulers;

/**
 * The workers of a node and their shared mailbox.
 * <p>
 * The pool grows to the target of its {@link ScaleFactors} at once and without timers:
 * missing workers are counted whenever work is queued and whenever a worker takes work.
 * It shrinks when workers were surplus for a second. Thread-safe; only {@link #close()}
 * waits.
 */
public final class WorkerPool implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(WorkerPool.class);

	private final int cpus = Runtime.getRuntime().availableProcessors();

	/**
	 * Default limit of the memory for waiting messages, in bytes: a quarter of the heap.
	 */
	public static final long DEFAULT_MEMORY = Runtime.getRuntime().maxMemory() / 4;

	private final ReceiveBudget budget;

	private final Mailbox mailbox = new Mailbox();

	private final WorkerScaler scaler;

	/**
	 * The factors as requested, before a default maximum is resolved to a number. Guarded
	 * by this.
	 */
	private ScaleFactors asked;

	private final boolean shedding;

	private final LongSupplier clock;

	private final Episode full;

	private final long startedWith;

	private final LongAdder shed = new LongAdder();

	private final CallbackThread.Entry entry = new CallbackThread.Entry(this, null);

	private final CallbackThreads callbacks;

	/**
	 * Starts the resident workers.
	 * @param kind the kind of threads
	 * @param scale the scale factors
	 * @param shedding whether messages are refused while the queue is full; otherwise
	 * their senders are slowed down by credit
	 * @throws IllegalArgumentException if the running Java has no threads of that kind
	 */
	public WorkerPool(WorkerKind kind, ScaleFactors scale, boolean shedding) {
		this(kind, scale, shedding, DEFAULT_MEMORY);
	}

	/**
	 * Starts the resident workers.
	 * @param kind the kind of threads
	 * @param scale the scale factors
	 * @param shedding whether messages are refused while the queue is full; otherwise
	 * their senders are slowed down by credit
	 * @param memory the limit for all waiting messages that the node receives, in bytes
	 * @throws IllegalArgumentException if the running Java has no threads of that kind
	 */
	public WorkerPool(WorkerKind kind, ScaleFactors scale, boolean shedding, long memory) {
		this(new WorkerThreads(kind), scale, shedding, System::nanoTime, memory);
	}

	/**
	 * Starts the resident workers.
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 */
	WorkerPool(WorkerThreads threads, ScaleFactors scale, boolean shedding, LongSupplier clock) {
		this(threads, scale, shedding, clock, DEFAULT_MEMORY);
	}

	private WorkerPool(WorkerThreads threads, ScaleFactors scale, boolean shedding, LongSupplier clock, long memory) {
		this.budget = new ReceiveBudget(this::messageLimit, memory);
		this.shedding = shedding;
		this.clock = clock;
		this.full = new Episode(clock.getAsLong());
		this.asked = scale;
		this.scaler = new WorkerScaler(this.mailbox, threads, scale, clock, this::runCallbacks);
		this.callbacks = new CallbackThreads(threads.named("adaptive-callback"), clock, this::runCallbacks);
		this.startedWith = this.scaler.poolSize().added();
	}

	/**
	 * Queues work for the next free worker, even while the queue is full: work that
	 * follows from an accepted message must not be lost.
	 * @param priority the priority
	 * @param work runs on a worker; its exceptions are logged
	 * @throws RejectedExecutionException if the pool is closed
	 */
	public void execute(Priority priority, Runnable work) {
		checkOpen();
		this.mailbox.put(priority, work);
		this.scaler.attend();
	}

	/**
	 * Queues work that must not be lost for the next free worker. If the pool is closed
	 * before the work is taken, it runs on the thread that closes the pool; if the pool
	 * is already closed, on the calling thread.
	 * @param priority the priority
	 * @param work its exceptions are logged
	 */
	public void executeInAnyCase(Priority priority, Runnable work) {
		this.mailbox.put(priority, new Leftovers.Kept(work));
		if (this.scaler.isTerminated()) {
			finish();
		}
		else {
			this.scaler.attend();
		}
	}

	/**
	 * Returns the executor that completes calls, notifies listeners and cancels handlers.
	 * It uses none of the workers, all of which may wait for such a callback.
	 * @return the executor, which never drops work: once the pool is closed, it runs it
	 * on the closing thread or on the calling thread
	 */
	public Executor callbacks() {
		return this.callbacks;
	}

	/**
	 * Runs the remaining work that must not be lost, and drops the rest.
	 */
	private void finish() {
		for (Runnable work = this.mailbox.poll(); work != null; work = this.mailbox.poll()) {
			if (work instanceof DroppableWork droppable) {
				droppable.drop();
			}
			else if (work instanceof Leftovers.Kept kept) {
				Leftovers.run(kept, this::runCallbacks);
			}
		}
	}

	/**
	 * Runs handlers, hooks or listeners on the calling thread.
	 */
	void runCallbacks(Runnable work) {
		Object before = CallbackThread.enter(this.entry);
		try {
			work.run();
		}
		finally {
			CallbackThread.leave(before);
		}
	}

	/**
	 * Returns whether the calling thread may wait for handlers, hooks and listeners of
	 * this pool to end. A thread that runs such a callback would wait for itself, and an
	 * event loop must not wait at all.
	 * @return whether waiting is allowed
	 */
	public boolean mayWait() {
		return !CallbackThread.isOf(this) && !Schedulers.isInNonBlockingThread();
	}

	/**
	 * Queues a message for the next free worker.
	 * @param priority the priority
	 * @param message handles the message, on a worker
	 * @param connection the queue of its connection for this priority
	 * @throws MailboxFullException if the pool sheds load and the queue is full
	 * @throws RejectedExecutionException if the pool is closed
	 */
	void handle(Priority priority, Runnable message, ConnectionQueue connection) {
		checkOpen();
		if (!this.shedding) {
			this.mailbox.put(priority, message, connection);
			this.scaler.attend();
			return;
		}
		if (!this.mailbox.offer(priority, message, connection, queueSize())) {
			tellFull();
			this.shed.increment();
			throw new MailboxFullException(queueSize());
		}
		this.scaler.attend();
	}

	private void tellFull() {
		if (this.full.begins(this.clock.getAsLong())) {
			logger.info("queue full, messages are refused queued={} limit={}", this.mailbox.size(), queueSize());
		}
	}

	private void checkOpen() {
		if (this.scaler.isTerminated()) {
			throw new RejectedExecutionException("The worker pool is closed");
		}
	}

	/**
	 * Returns whether work waits that a message of a priority must not overtake.
	 */
	boolean hasWaiting(Priority priority) {
		return this.mailbox.hasWaiting(priority);
	}

	/**
	 * Replaces the scale factors. Missing workers are started at once. Idle workers above
	 * the new maximum end at once, busy ones after their message, and surplus workers
	 * below it after the usual time.
	 * @param scale the new factors
	 */
	public void scale(ScaleFactors scale) {
		scale((before) -> scale);
	}

	/**
	 * Changes some of the scale factors and keeps the others as requested. Concurrent
	 * changes are serialized.
	 * @param change maps the requested factors, with a default maximum still 0, to the
	 * new ones
	 * @see #scale(ScaleFactors)
	 */
	public synchronized void scale(UnaryOperator<ScaleFactors> change) {
		this.asked = change.apply(this.asked);
		this.scaler.scale(this.asked);
		this.budget.review();
	}

	/**
	 * Returns the scale factors in effect.
	 * @return the factors, with the maximum resolved to a number of workers
	 */
	public ScaleFactors scaleFactors() {
		return this.scaler.scale();
	}

	/**
	 * Returns the statistics of the workers.
	 * @return the current numbers
	 */
	public WorkerStatistics statistics() {
		ScaleFactors scale = this.scaler.scale();
		PoolSize poolSize = this.scaler.poolSize();
		PoolSize.Moment now = poolSize.now();
		int queued = this.mailbox.size();
		return new WorkerStatistics(this.cpus, scale.residentWorkers(), scale.queueWeight(), queueSize(), queued,
				now.total(), now.busy(), now.idle(), scale.target(queued), scale.limit(),
				poolSize.added() - this.startedWith, poolSize.removed());
	}

	/**
	 * Returns the statistics of the queue.
	 * @return the approximate current numbers
	 */
	public QueueStatistics queue() {
		return new QueueStatistics(this.mailbox.sizes(), queueSize(), this.shed.sum());
	}

	/**
	 * Sets the listener for the waiting times of work. Work that already waits is left
	 * out.
	 * @param listener the listener, or {@link QueueListener#NOBODY} to remove it
	 */
	public void listener(QueueListener listener) {
		this.mailbox.listener(listener);
	}

	/**
	 * Returns the budget that bounds the waiting messages.
	 * @return the budget of the connections whose messages this pool handles
	 */
	public ReceiveBudget budget() {
		return this.budget;
	}

	/**
	 * Returns the limit of waiting messages granted by credit. A pool that sheds load has
	 * none, since it refuses messages beyond the queue size.
	 */
	private long messageLimit() {
		return this.shedding ? Limits.UNCOUNTED : queueSize();
	}

	private int queueSize() {
		return this.scaler.scale().queueSize(this.cpus);
	}

	/**
	 * Terminates surplus workers if a period is over.
	 */
	void reviewSurplus() {
		this.scaler.reviewSurplus();
	}

	/**
	 * Refuses new work, drops the waiting messages and interrupts running handlers. Waits
	 * for the workers to end, for a second at most; a handler that ignores its interrupt
	 * runs until its message is handled. May be called from a worker.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Closes the pool, and ends the waiting at a deadline.
	 * @param deadline the end of the waiting, which takes at most a second for handlers
	 * and one for callbacks
	 * @see #close()
	 */
	public void close(Deadline deadline) {
		this.scaler.terminate(deadline);
		finish();
		this.callbacks.close(deadline);
	}

}
