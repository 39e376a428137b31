package io.adaptive.internal.dispatch;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.settings.ScaleFactors;

/**
 * Wakes the workers of one pool, starts missing ones and terminates surplus ones.
 * <p>
 * Starting a platform thread costs more than handling many messages, so the cost is
 * shared: each event starts one worker at most, and a started worker first checks whether
 * another one is missing. A thread that queues messages, as a rule an event loop, starts
 * none while another worker is being started, and leaves further starts to that worker.
 */
final class WorkerScaler implements Worker.Owner, IdleReaper.Pool {

	private static final KeyValueLogger logger = KeyValueLogger.of(WorkerScaler.class);

	private final Mailbox mailbox;

	private final WorkerThreads threads;

	private final IdleWorkers idleWorkers = new IdleWorkers();

	private final PoolSize poolSize = new PoolSize();

	private final LiveWorkers liveWorkers;

	private final AtomicBoolean starting = new AtomicBoolean();

	private final IdleReaper surplusWatch;

	private volatile ScaleFactors scale;

	private volatile boolean terminated;

	private final LongSupplier clock;

	private final Episode limit;

	private final Consumer<Runnable> surroundings;

	/**
	 * Starts the resident workers.
	 * @param clock the time in nanoseconds, with an arbitrary origin
	 * @param surroundings runs each worker
	 */
	WorkerScaler(Mailbox mailbox, WorkerThreads threads, ScaleFactors scale, LongSupplier clock,
			Consumer<Runnable> surroundings) {
		this.surroundings = surroundings;
		this.mailbox = mailbox;
		this.threads = threads;
		this.clock = clock;
		this.limit = new Episode(clock.getAsLong());
		this.liveWorkers = new LiveWorkers(threads, clock);
		this.scale = scale.resolve(threads.kind());
		this.surplusWatch = new IdleReaper(this, threads, clock);
		growFully();
	}

	/**
	 * Ensures that a worker takes queued work.
	 */
	void attend() {
		this.idleWorkers.wakeOne();
		if (isMissingSome() && !this.starting.get() && this.starting.compareAndSet(false, true) && !grow()) {
			this.starting.set(false);
		}
	}

	@Override
	public void arrived() {
		this.starting.set(false);
		grow();
	}

	@Override
	public void taken(boolean wasIdle) {
		if (wasIdle) {
			this.poolSize.becomeBusy();
			if (!this.mailbox.isEmpty()) {
				this.idleWorkers.wakeOne();
			}
		}
		grow();
	}

	@Override
	public boolean rest() {
		IdleWorkers.ParkedWorker parked = this.idleWorkers.sit();
		if (!this.mailbox.isEmpty()) {
			this.idleWorkers.wakeOne();
		}
		// A lowered limit could end only the workers that were already parked.
		if (isAboveLimit()) {
			endOne();
		}
		return parked.await(this::isTerminated);
	}

	/**
	 * Removes the calling worker, which ends. If it was not counted out before, it is
	 * counted out here and replaced while the pool is open.
	 */
	private void gone(boolean countedOut, boolean idle) {
		this.liveWorkers.leave();
		if (!countedOut) {
			this.poolSize.leave(idle);
			grow();
		}
	}

	private boolean isMissingSome() {
		return !this.terminated && this.poolSize.isMissingSome(this.scale, this.mailbox.size());
	}

	private boolean add() {
		return !this.terminated && this.poolSize.add(this.scale, this.mailbox.size());
	}

	private boolean grow() {
		return add() && start();
	}

	private void growFully() {
		boolean grown = true;
		while (grown) {
			grown = grow();
		}
	}

	private boolean start() {
		Worker worker = new Worker(this, this.mailbox, this.threads.areVirtual());
		if (!this.liveWorkers.start(() -> run(worker))) {
			this.poolSize.cancelAdd();
			return false;
		}
		this.surplusWatch.ensureRunning();
		return true;
	}

	/**
	 * Runs a worker until it ends or its thread fails.
	 */
	private void run(Worker worker) {
		try {
			this.surroundings.accept(worker);
		}
		catch (Throwable ex) {
			logger.error("worker failed, another one takes its place worker={}", Thread.currentThread().getName(), ex);
		}
		finally {
			if (!worker.hasArrived()) {
				this.starting.set(false);
			}
			gone(worker.isCountedOut(), worker.isIdle());
		}
	}

	@Override
	public void shrink(int leastIdle) {
		PoolSize.Moment now = this.poolSize.now();
		int idle = Math.min(leastIdle, now.idle());
		int surplus = -this.scale.missing(this.mailbox.size(), now.total(), idle);
		while (surplus > 0 && endOne()) {
			surplus--;
		}
	}

	private boolean endOne() {
		IdleWorkers.ParkedWorker parked = this.idleWorkers.pop();
		if (parked == null) {
			return false;
		}
		if (!this.poolSize.removeIdle(this.scale, this.mailbox.size())) {
			parked.wake();
			return false;
		}
		// No message is left to this worker alone. Either another worker is idle and is
		// parked or looks into the
		// mailbox before it parks, or the limit is reached by busy workers, which look
		// when they are done.
		parked.end();
		return true;
	}

	@Override
	public void reviewLimit() {
		PoolSize.Moment now = this.poolSize.now();
		boolean reached = now.idle() == 0 && now.total() >= this.scale.limit() && !this.mailbox.isEmpty();
		if (reached && this.limit.begins(this.clock.getAsLong())) {
			logger.info("workers at their maximum, messages wait workers={} queued={}", now.total(),
					this.mailbox.size());
		}
	}

	void reviewSurplus() {
		this.surplusWatch.review();
	}

	void scale(ScaleFactors scale) {
		this.scale = scale.resolve(this.threads.kind());
		growFully();
		boolean ended = true;
		while (ended && isAboveLimit()) {
			ended = endOne();
		}
		this.surplusWatch.ensureRunning();
	}

	@Override
	public ScaleFactors scale() {
		return this.scale;
	}

	@Override
	public PoolSize poolSize() {
		return this.poolSize;
	}

	private boolean isAboveLimit() {
		return this.poolSize.now().total() > this.scale.limit();
	}

	@Override
	public boolean hasMoreThanResident() {
		return this.poolSize.now().total() > this.scale.residentWorkers();
	}

	/**
	 * Terminates all workers, interrupting those that handle a message, and waits for all
	 * except the calling one.
	 */
	void terminate(Deadline deadline) {
		// Before the flag is set: a worker that leaves by itself is removed before its
		// thread has ended.
		Set<Thread> working = this.liveWorkers.working();
		this.terminated = true;
		this.surplusWatch.stop();
		this.liveWorkers.end(working, deadline);
	}

	@Override
	public boolean isTerminated() {
		return this.terminated;
	}

}
