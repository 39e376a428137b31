package io.adaptive.dispatch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one pool: wakes them, starts those that are missing, ends those that are
 * surplus.
 * <p>
 * Starting a platform thread costs its starter more than handling many a message, so it
 * is shared out: each event starts one worker at most, and a worker that starts looks
 * first whether another one is missing. Who brings messages, as a rule an event loop,
 * leaves even that to the worker that is just starting if there is one.
 */
final class Crew {

	private static final Logger logger = LoggerFactory.getLogger(Crew.class);

	private static final long END_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Mailbox mailbox;

	private final WorkerThreads threads;

	private final LongSupplier clock;

	private final IdleWorkers idleWorkers = new IdleWorkers();

	private final Headcount headcount = new Headcount();

	private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean starting = new AtomicBoolean();

	private final SurplusWatch surplusWatch;

	private volatile ScaleFactors scale;

	private volatile boolean dismissed;

	private volatile boolean startFailed;

	private volatile long startFailedAt;

	/**
	 * Starts the resident workers.
	 * @param clock the time in nanoseconds, from any origin
	 */
	Crew(Mailbox mailbox, WorkerThreads threads, ScaleFactors scale, LongSupplier clock) {
		this.mailbox = mailbox;
		this.threads = threads;
		this.clock = clock;
		this.scale = scale.resolve(threads.kind());
		this.surplusWatch = new SurplusWatch(this, threads, clock);
		growFully();
	}

	/**
	 * Sees to it that somebody comes for work that was queued.
	 */
	void attend() {
		this.idleWorkers.wakeOne();
		// Again after giving way, for those who relied on a start here that was not
		// needed.
		while (isMissingSome() && !this.starting.get() && this.starting.compareAndSet(false, true)) {
			boolean hired = hire();
			if (hired && start()) {
				return;
			}
			this.starting.set(false);
			if (hired) {
				return;
			}
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
			this.headcount.becomeBusy();
			if (!this.mailbox.isEmpty()) {
				this.idleWorkers.wakeOne();
			}
		}
		grow();
	}

	/**
	 * The calling, idle worker waits to be woken.
	 * @return whether it is dismissed
	 */
	boolean rest() {
		IdleWorkers.Seat seat = this.idleWorkers.sit();
		if (!this.mailbox.isEmpty()) {
			this.idleWorkers.wakeOne();
		}
		return seat.await(this::isDismissed);
	}

	/**
	 * The calling worker ends. One that was not counted out is counted out here and, if
	 * the others go on, replaced.
	 */
	void gone(boolean countedOut, boolean idle) {
		this.alive.remove(Thread.currentThread());
		if (!countedOut) {
			this.headcount.leave(idle);
			grow();
		}
	}

	private boolean isMissingSome() {
		return !this.dismissed && this.headcount.isMissingSome(this.scale, this.mailbox.size());
	}

	private boolean hire() {
		return !this.dismissed && this.headcount.hire(this.scale, this.mailbox.size());
	}

	private boolean grow() {
		return hire() && start();
	}

	private void growFully() {
		boolean grown = true;
		while (grown) {
			grown = grow();
		}
	}

	private boolean start() {
		if (this.startFailed && this.clock.getAsLong() - this.startFailedAt < RETRY_NANOS) {
			this.headcount.unhire();
			return false;
		}
		Thread thread = this.threads.newWorker(new Worker(this, this.mailbox, this.threads.areVirtual()));
		this.alive.add(thread);
		try {
			thread.start();
		}
		// No memory or no process number for another thread. Those there are go on, and
		// whoever brought the message must not suffer.
		catch (OutOfMemoryError ex) {
			this.alive.remove(thread);
			this.headcount.unhire();
			this.startFailedAt = this.clock.getAsLong();
			this.startFailed = true;
			logger.error(
					"worker not started workers={} maximum={}: {}; next try in 1 s; lower the maximum or raise "
							+ "the limit of threads",
					this.headcount.now().total(), this.scale.limit(), ex.getMessage());
			return false;
		}
		this.startFailed = false;
		this.surplusWatch.ensureRunning();
		return true;
	}

	/**
	 * Ends idle workers that are surplus.
	 * @param leastIdle how many were idle at the busiest moment
	 */
	void shrink(int leastIdle) {
		Headcount.Moment now = this.headcount.now();
		int idle = Math.min(leastIdle, now.idle());
		int surplus = -this.scale.missing(this.mailbox.size(), now.total(), idle);
		while (surplus > 0 && endOne()) {
			surplus--;
		}
	}

	private boolean endOne() {
		// Counted out before it is called: who queues a message and finds nobody to wake
		// then also finds somebody missing.
		if (!this.headcount.dismissIdle(this.scale, this.mailbox.size())) {
			return false;
		}
		if (!this.idleWorkers.endOne()) {
			this.headcount.stay();
			return false;
		}
		return true;
	}

	void reviewSurplus() {
		this.surplusWatch.review();
	}

	void scale(ScaleFactors scale) {
		ScaleFactors resolved = scale.resolve(this.threads.kind());
		this.scale = resolved;
		growFully();
		boolean ended = true;
		while (ended && this.headcount.now().total() > resolved.limit()) {
			ended = endOne();
		}
		this.surplusWatch.ensureRunning();
	}

	ScaleFactors scale() {
		return this.scale;
	}

	Headcount headcount() {
		return this.headcount;
	}

	boolean hasMoreThanResident() {
		return this.headcount.now().total() > this.scale.residentWorkers();
	}

	/**
	 * Sends everybody home, also those who handle a message.
	 */
	void dismiss() {
		this.dismissed = true;
		this.surplusWatch.stop();
		this.alive.forEach(Thread::interrupt);
	}

	boolean isDismissed() {
		return this.dismissed;
	}

	/**
	 * Waits for the workers to end, but the calling one, for a second at most.
	 */
	void awaitEnd() {
		long deadline = System.nanoTime() + END_NANOS;
		Set<Thread> others = new HashSet<>(this.alive);
		others.remove(Thread.currentThread());
		try {
			for (Thread other : others) {
				// Rounded up: zero would wait for ever.
				long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
				if (remaining > 0) {
					other.join(remaining);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		List<String> left = others.stream().filter(Thread::isAlive).map(Thread::getName).toList();
		if (!left.isEmpty()) {
			logger.warn("closed while {} workers still handle a message: {}", left.size(), left);
		}
	}

}
