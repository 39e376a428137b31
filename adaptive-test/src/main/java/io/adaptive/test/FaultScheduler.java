package io.adaptive.test;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

import io.adaptive.spi.Envelope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is on its way over links with faults, on one thread, by the test's clock.
 * What nothing holds up is carried by its sender.
 */
final class FaultScheduler implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LinkFaults.class);

	private final TestClock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final Semaphore changed = new Semaphore(0);

	private final Set<Lane> loaded = new LinkedHashSet<>();

	private @Nullable Thread thread;

	private boolean closed;

	FaultScheduler(TestClock clock) {
		this.clock = clock;
	}

	/**
	 * Carries an envelope, at once if nothing is before it.
	 */
	void carry(Lane lane, Envelope envelope, Runnable arrival) {
		this.lock.lock();
		try {
			if (!lane.isFree()) {
				lane.load(envelope, arrival, this.clock.nanoTime());
				wake(lane);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		arrival.run();
	}

	/**
	 * Does something after all that is on its way.
	 */
	void carryLast(Lane lane, Runnable arrival) {
		this.lock.lock();
		try {
			if (!lane.isFree()) {
				lane.loadLast(arrival, this.clock.nanoTime());
				wake(lane);
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		arrival.run();
	}

	/**
	 * Does something soon, on a thread that is not in the middle of anything.
	 */
	void execute(Runnable work) {
		Lane unused = executeLater(Duration.ZERO, work);
	}

	/**
	 * Does something when its time has come.
	 * @return what to {@link #drop} to prevent it
	 */
	Lane executeLater(Duration delay, Runnable work) {
		Lane lane = new Lane(() -> Faults.NONE, new SplittableRandom());
		this.lock.lock();
		try {
			lane.loadLast(work, this.clock.nanoTime() + delay.toNanos());
			wake(lane);
		}
		finally {
			this.lock.unlock();
		}
		return lane;
	}

	/**
	 * Loses what is on its way.
	 */
	void drop(Lane lane) {
		this.lock.lock();
		try {
			lane.clear();
			this.loaded.remove(lane);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets what is on its way arrive now.
	 */
	void hurry(Lane lane) {
		this.lock.lock();
		try {
			lane.hurry(this.clock.nanoTime());
		}
		finally {
			this.lock.unlock();
		}
		this.changed.release();
	}

	/**
	 * Looks again at what may move now.
	 */
	void faultsChanged() {
		this.changed.release();
	}

	private void wake(Lane lane) {
		this.loaded.add(lane);
		if (this.thread == null && !this.closed) {
			this.thread = new Thread(this::run, "adaptive-link-faults");
			this.thread.setDaemon(true);
			this.thread.start();
		}
		this.changed.release();
	}

	private void run() {
		try {
			while (!isClosed()) {
				Lane lane = nextDue();
				if (lane != null) {
					arrive(lane);
				}
				else {
					this.clock.awaitUnseen(this.changed, nanosToNext());
					this.changed.drainPermits();
				}
			}
		}
		catch (InterruptedException ex) {
			// Closed.
			Thread.currentThread().interrupt();
		}
	}

	private boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Finds the lane whose first is due before all others.
	 */
	private @Nullable Lane next() {
		Lane next = null;
		for (Lane lane : this.loaded) {
			Lane.Cargo first = lane.first();
			Lane.Cargo best = (next != null) ? next.first() : null;
			if (first != null && !lane.isHeld() && (best == null || first.compareTo(best) < 0)) {
				next = lane;
			}
		}
		return next;
	}

	private @Nullable Lane nextDue() {
		return (nanosToNext() <= 0) ? next() : null;
	}

	private long nanosToNext() {
		this.lock.lock();
		try {
			Lane next = next();
			Lane.Cargo first = (next != null) ? next.first() : null;
			return (first != null) ? first.due() - this.clock.nanoTime() : Long.MAX_VALUE;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void arrive(Lane lane) {
		Lane.Cargo first;
		this.lock.lock();
		try {
			first = lane.first();
			if (first == null) {
				return;
			}
			lane.unload();
		}
		finally {
			this.lock.unlock();
		}
		try {
			first.arrival().run();
		}
		catch (RuntimeException ex) {
			logger.warn("what was delayed could not be delivered", ex);
		}
		finally {
			arrived(lane);
		}
	}

	private void arrived(Lane lane) {
		this.lock.lock();
		try {
			lane.arrived();
			if (lane.first() == null) {
				this.loaded.remove(lane);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.loaded.clear();
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
