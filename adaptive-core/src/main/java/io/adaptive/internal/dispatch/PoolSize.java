package io.adaptive.internal.dispatch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import io.adaptive.settings.ScaleFactors;

/**
 * Counters of all and of idle workers. Both live in one word, so that they are read and
 * changed atomically. A worker is idle from its creation, and busy from taking a message
 * until it finds the mailbox empty. Thread-safe; lock-free.
 */
final class PoolSize {

	private static final long ONE_IDLE = 1;

	private static final long ONE_WORKER = 1L << Integer.SIZE;

	// The total in the upper half, the idle workers in the lower.
	private final AtomicLong workers = new AtomicLong();

	private final AtomicInteger leastIdle = new AtomicInteger();

	private final LongAdder added = new LongAdder();

	private final LongAdder removed = new LongAdder();

	/**
	 * Both numbers at one moment.
	 */
	record Moment(int total, int idle) {

		private static Moment of(long workers) {
			return new Moment((int) (workers >>> Integer.SIZE), (int) workers);
		}

		int busy() {
			return this.total - this.idle;
		}

	}

	Moment now() {
		return Moment.of(this.workers.get());
	}

	boolean isMissingSome(ScaleFactors scale, int queued) {
		return missing(scale, queued, this.workers.get()) > 0;
	}

	/**
	 * Counts a worker in if one is missing. The caller starts it, or reverts the addition
	 * with {@link #cancelAdd}.
	 */
	boolean add(ScaleFactors scale, int queued) {
		long seen = this.workers.get();
		while (missing(scale, queued, seen) > 0) {
			if (this.workers.compareAndSet(seen, seen + ONE_WORKER + ONE_IDLE)) {
				this.added.increment();
				return true;
			}
			seen = this.workers.get();
		}
		return false;
	}

	/**
	 * Reverts an addition.
	 */
	void cancelAdd() {
		this.workers.addAndGet(-ONE_WORKER - ONE_IDLE);
		this.added.decrement();
	}

	/**
	 * Counts an idle worker out if there is a surplus. The caller holds a worker that
	 * cannot become busy any more, and terminates it.
	 */
	boolean removeIdle(ScaleFactors scale, int queued) {
		long seen = this.workers.get();
		while (missing(scale, queued, seen) < 0) {
			if (this.workers.compareAndSet(seen, seen - ONE_WORKER - ONE_IDLE)) {
				this.removed.increment();
				return true;
			}
			seen = this.workers.get();
		}
		return false;
	}

	/**
	 * Counts the calling, busy worker out if there are more workers than the limit.
	 */
	boolean removeBusy(ScaleFactors scale) {
		long seen = this.workers.get();
		while ((int) (seen >>> Integer.SIZE) > scale.limit()) {
			if (this.workers.compareAndSet(seen, seen - ONE_WORKER)) {
				this.removed.increment();
				return true;
			}
			seen = this.workers.get();
		}
		return false;
	}

	private static int missing(ScaleFactors scale, int queued, long workers) {
		return scale.missing(queued, (int) (workers >>> Integer.SIZE), (int) workers);
	}

	/**
	 * Counts out a worker that has ended for any other reason.
	 */
	void leave(boolean idle) {
		this.workers.addAndGet(idle ? -ONE_WORKER - ONE_IDLE : -ONE_WORKER);
		this.removed.increment();
	}

	void becomeBusy() {
		int idle = (int) this.workers.addAndGet(-ONE_IDLE);
		int least = this.leastIdle.get();
		while (idle < least && !this.leastIdle.compareAndSet(least, idle)) {
			least = this.leastIdle.get();
		}
	}

	void becomeIdle() {
		this.workers.addAndGet(ONE_IDLE);
	}

	/**
	 * Returns the lowest number of idle workers since {@link #forgetLeastIdle()}.
	 */
	int leastIdle() {
		return this.leastIdle.get();
	}

	void forgetLeastIdle() {
		this.leastIdle.set(now().idle());
	}

	long added() {
		return this.added.sum();
	}

	long removed() {
		return this.removed.sum();
	}

}
