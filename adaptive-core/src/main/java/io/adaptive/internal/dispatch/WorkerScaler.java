package io.adaptive.internal.dispatch;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.message.Deadline;
import io.adaptive.settings.ScaleFactors;

/**
 * The workers of one pool: wakes them, starts those that are missing, ends those that are
 * surplus.
 * <p>
 * Starting a platform thread costs its starter more than handling many a message, so it
 * is shared out: each event starts one worker at most, and a worker that starts looks
 * first whether another one is missing. Who brings messages, as a rule an event loop,
 * leaves even that to the worker that is just starting if there is one.
 */
final class WorkerScaler {

	private static final KeyValueLogger logger = KeyValueLogger.of(WorkerPool.class);

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
	 * @param clock the time in nanoseconds, from any origin
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
	 * Sees to it that somebody comes for work that was queued.
	 */
	void attend() {
		this.idleWorkers.wakeOne();
		if (isMissingSome() && !this.starting.get() && this.starting.compareAndSet(false, true) && !grow()) {
			this.starting.set(false);
		}
	}

	/**
	 * The calling worker is there, idle.
	 */
	void arrived() {
		this.starting.set(false);
		grow();
	}

	/**
	 * The calling worker took work and is about to handle it.
	 * @param wasIdle whether it was idle before
	 */
	void taken(boolean wasIdle) {
		if (wasIdle) {
			this.poolSize.becomeBusy();
			if (!this.mailbox.isEmpty()) {
				this.idleWorkers.wakeOne();
			}
		}
		grow();
	}

	/**
	 * The calling, idle worker waits to be woken.
	 * @return whether it is terminated
	 */
	boolean rest() {
		IdleWorkers.ParkedWorker parked = this.idleWorkers.sit();
		if (!this.mailbox.isEmpty()) {
			this.idleWorkers.wakeOne();
		}
		// Who lowered the limit could end only those that were sitting.
		if (isAboveLimit()) {
			endOne();
		}
		return parked.await(this::isTerminated);
	}

	/**
	 * The calling worker ends. One that was not counted out is counted out here and, if
	 * the others go on, replaced.
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
	 * Runs a worker until it ends, or its thread fails before or while it works.
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

	/**
	 * Ends idle workers that are surplus.
	 * @param leastIdle how many were idle at the busiest moment
	 */
	void shrink(int leastIdle) {
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
		// No message is left to this one. Either another is idle too, and is parked or
		// looks into the mailbox before it parks; or the limit is reached by busy ones,
		// who look when they are done.
		parked.end();
		return true;
	}

	/**
	 * Tells, once each time that it happens, that messages wait although there may be no
	 * more workers.
	 */
	void reviewLimit() {
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

	ScaleFactors scale() {
		return this.scale;
	}

	PoolSize poolSize() {
		return this.poolSize;
	}

	private boolean isAboveLimit() {
		return this.poolSize.now().total() > this.scale.limit();
	}

	boolean hasMoreThanResident() {
		return this.poolSize.now().total() > this.scale.residentWorkers();
	}

	/**
	 * Sends everybody home, also those who handle a message, and waits for them but not
	 * for the calling one.
	 */
	void terminate(Deadline deadline) {
		// Before they are told: who leaves by himself has not ended yet.
		Set<Thread> working = this.liveWorkers.working();
		this.terminated = true;
		this.surplusWatch.stop();
		this.liveWorkers.end(working, deadline);
	}

	boolean isTerminated() {
		return this.terminated;
	}

}
