package io.adaptive.internal.dispatch;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
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
 * The workers of a node and the mailbox they share.
 * <p>
 * The pool follows the target of its {@link ScaleFactors} up at once and without timers:
 * whenever work is queued and whenever a worker takes some it is checked whether workers
 * are missing. It follows the target down when workers were surplus for a second. For any
 * number of threads; nothing here waits but {@link #close()}.
 */
public final class WorkerPool implements AutoCloseable {

	private static final KeyValueLogger logger = KeyValueLogger.of(WorkerPool.class);

	private final int cpus = Runtime.getRuntime().availableProcessors();

	/** How many bytes of messages may wait unless it is said, a quarter of the heap. */
	public static final long DEFAULT_MEMORY = Runtime.getRuntime().maxMemory() / 4;

	private final ReceiveBudget budget;

	private final Mailbox mailbox = new Mailbox();

	private final WorkerScaler scaler;

	/** The factors before a default maximum became a number. Guarded by this. */
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
	 * @param kind what the workers are
	 * @param scale how the pool follows its load
	 * @param shedding whether messages are refused while the queue is full; otherwise
	 * their senders are held up
	 * @throws IllegalArgumentException if the running Java has no workers of that kind
	 */
	public WorkerPool(WorkerKind kind, ScaleFactors scale, boolean shedding) {
		this(kind, scale, shedding, DEFAULT_MEMORY);
	}

	/**
	 * Starts the resident workers.
	 * @param kind what the workers are
	 * @param scale how the pool follows its load
	 * @param shedding whether messages are refused while the queue is full; otherwise
	 * their senders are held up
	 * @param memory how many bytes of messages may wait, in all that the node receives
	 * @throws IllegalArgumentException if the running Java has no workers of that kind
	 */
	public WorkerPool(WorkerKind kind, ScaleFactors scale, boolean shedding, long memory) {
		this(new WorkerThreads(kind), scale, shedding, System::nanoTime, memory);
	}

	/**
	 * Starts the resident workers.
	 * @param clock the time in nanoseconds, from any origin
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
	 * Queues work for the next free worker, also while the queue is full: what follows
	 * from something that was accepted must not be lost.
	 * @param priority how urgent it is
	 * @param work runs on a worker; what it throws is logged
	 * @throws RejectedExecutionException if the pool is closed
	 */
	public void execute(Priority priority, Runnable work) {
		checkOpen();
		this.mailbox.put(priority, work);
		this.scaler.attend();
	}

	/**
	 * Queues work for the next free worker. Once the pool is closed and has no workers
	 * any more, it is done on the thread that closes the pool or, if it comes later, on
	 * the calling one: for what must not be lost.
	 * @param priority how urgent it is
	 * @param work what it throws is logged
	 */
	public void executeInAnyCase(Priority priority, Runnable work) {
		this.mailbox.put(priority, new Kept(work));
		if (this.scaler.isTerminated()) {
			finish();
		}
		else {
			this.scaler.attend();
		}
	}

	/**
	 * Returns who completes calls, tells listeners and cancels handlers. That is none of
	 * the workers, all of which may wait for exactly this.
	 * @return runs everything that it is given, once the pool is closed on the thread
	 * that closes it or on the calling one
	 */
	public Executor callbacks() {
		return this.callbacks;
	}

	/**
	 * Does what is left and must not be lost, and drops the rest.
	 */
	private void finish() {
		for (Runnable work = this.mailbox.poll(); work != null; work = this.mailbox.poll()) {
			if (work instanceof Kept kept) {
				finish(kept);
			}
			else if (work instanceof MessageTask<?> task) {
				task.drop();
			}
		}
	}

	private void finish(Kept work) {
		try {
			runCallbacks(work);
		}
		// The code of users: others must not be lost with it.
		catch (Throwable ex) {
			logger.error("work failed thread={}", Thread.currentThread().getName(), ex);
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
	 * Tells whether the calling thread may wait for handlers, hooks and listeners of this
	 * pool to end. One that runs such a callback would wait for itself, and an event loop
	 * must not wait at all.
	 * @return whether waiting is allowed
	 */
	public boolean mayWait() {
		return !CallbackThread.isOf(this) && !Schedulers.isInNonBlockingThread();
	}

	/**
	 * Queues a message for the next free worker.
	 * @param priority how urgent it is
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
	 * Tells whether work waits that a message of a priority must not overtake.
	 */
	boolean hasWaiting(Priority priority) {
		return this.mailbox.hasWaiting(priority);
	}

	/**
	 * Changes how the pool follows its load, at once upwards. Downwards, idle workers
	 * above the new maximum end at once, busy ones with their message, and those that are
	 * merely surplus when they have been so for a while.
	 * @param scale the new factors
	 */
	public void scale(ScaleFactors scale) {
		scale((before) -> scale);
	}

	/**
	 * Changes some of how the pool follows its load, and leaves the rest as it was asked
	 * for. Two that change at the same time change one after the other.
	 * @param change gets the factors as they were asked for, a maximum of 0 included, and
	 * gives the new ones
	 * @see #scale(ScaleFactors)
	 */
	public synchronized void scale(UnaryOperator<ScaleFactors> change) {
		this.asked = change.apply(this.asked);
		this.scaler.scale(this.asked);
		this.budget.review();
	}

	/**
	 * Returns how the pool follows its load.
	 * @return the factors, with a maximum that is a number of workers
	 */
	public ScaleFactors scaleFactors() {
		return this.scaler.scale();
	}

	/**
	 * Reads the pool's numbers.
	 * @return the numbers of this moment
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
	 * Reads the numbers of the queue.
	 * @return the numbers of about this moment
	 */
	public QueueStatistics queue() {
		Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
		for (Priority priority : Priority.values()) {
			waiting.put(priority, this.mailbox.size(priority));
		}
		return new QueueStatistics(Collections.unmodifiableMap(waiting), queueSize(), this.shed.sum());
	}

	/**
	 * Tells somebody how long work waits. Work that waits already is left out.
	 * @param listener is told, {@link QueueListener#NOBODY} to tell nobody any more
	 */
	public void listener(QueueListener listener) {
		this.mailbox.listener(listener);
	}

	/**
	 * Returns what bounds the messages that wait.
	 * @return the budget of the connections whose messages this pool handles
	 */
	public ReceiveBudget budget() {
		return this.budget;
	}

	/**
	 * Messages beyond the queue size are refused, if the pool sheds load.
	 */
	private long messageLimit() {
		return this.shedding ? Limits.UNCOUNTED : queueSize();
	}

	private int queueSize() {
		return this.scaler.scale().queueSize(this.cpus);
	}

	/**
	 * Ends the workers that are surplus, if they were so for long enough.
	 */
	void reviewSurplus() {
		this.scaler.reviewSurplus();
	}

	/**
	 * Refuses new work, drops the messages that wait, and interrupts what is being
	 * handled. Waits for the workers to end, a second at most; one that ignores its
	 * interrupt goes on until its message is handled. May be called from a worker.
	 */
	@Override
	public void close() {
		close(Deadline.NEVER);
	}

	/**
	 * Closes the pool, and waits no longer than there is time for its workers to end.
	 * @param deadline until when to wait, at most a second for handlers and one for
	 * callbacks
	 * @see #close()
	 */
	public void close(Deadline deadline) {
		this.scaler.terminate(deadline);
		finish();
		this.callbacks.close(deadline);
	}

	/**
	 * Work that is not dropped when the pool is closed.
	 *
	 * @param work the work
	 */
	private record Kept(Runnable work) implements Runnable {

		@Override
		public void run() {
			this.work.run();
		}

	}

}
