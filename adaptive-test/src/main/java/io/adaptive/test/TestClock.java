package io.adaptive.test;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

import io.adaptive.settings.DiscoveryClock;

/**
 * The clock of an {@link InMemoryNetwork}, for the timeouts and delays of searches,
 * connection attempts, watches and retries of its nodes, and for the delays of its
 * {@link LinkFaults}. The clock runs until a test {@linkplain #stop() stops} it.
 * {@link #advance} moves it, whether it runs or not. Deadlines of calls and receive
 * timeouts use the system clock. Thread-safe.
 */
public final class TestClock implements DiscoveryClock {

	private static final long PATIENCE_SECONDS = 10;

	private final Collection<Semaphore> waiting = new ConcurrentLinkedQueue<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition waits = this.lock.newCondition();

	private int waiters;

	private volatile Reading reading = new Reading(true, 0);

	TestClock() {
	}

	/**
	 * Stops the clock. Afterwards only {@link #advance} moves it.
	 */
	public void stop() {
		change((current) -> new Reading(false, current.nanoTime()));
	}

	/**
	 * Resumes the clock from its current time.
	 */
	public void resume() {
		change((current) -> new Reading(true, current.nanoTime() - System.nanoTime()));
	}

	/**
	 * Advances the clock. Threads whose waiting time has elapsed continue at once.
	 * @param time the time to advance by
	 * @throws IllegalArgumentException if the time is negative
	 */
	public void advance(Duration time) {
		if (time.isNegative()) {
			throw new IllegalArgumentException("A clock is not turned back, as by " + time);
		}
		change((current) -> new Reading(current.running, current.nanos + time.toNanos()));
	}

	private void change(UnaryOperator<Reading> change) {
		this.lock.lock();
		try {
			this.reading = change.apply(this.reading);
		}
		finally {
			this.lock.unlock();
		}
		this.waiting.forEach(Semaphore::release);
	}

	/**
	 * Waits until threads wait by this clock, such as a client for a missing service, so
	 * that the next advance applies to them.
	 * @param count the number of waiting threads
	 * @throws AssertionError if fewer threads wait after 10 seconds
	 */
	public void awaitWaiting(int count) {
		this.lock.lock();
		try {
			long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
			while (this.waiters < count) {
				if (left <= 0) {
					throw new AssertionError("%s threads wait by the test's clock after %s s, not %s"
						.formatted(this.waiters, PATIENCE_SECONDS, count));
				}
				left = this.waits.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for %s threads to wait".formatted(count), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long nanoTime() {
		return this.reading.nanoTime();
	}

	@Override
	public boolean await(Semaphore change, long nanos) throws InterruptedException {
		return await(change, nanos, this::count);
	}

	/**
	 * Waits like {@link #await}, without being counted by {@link #awaitWaiting}.
	 */
	boolean awaitUnseen(Semaphore change, long nanos) throws InterruptedException {
		return await(change, nanos, (more) -> {
		});
	}

	private boolean await(Semaphore change, long nanos, IntConsumer count) throws InterruptedException {
		long start = nanoTime();
		// From here on whoever moves the clock wakes this thread, and what it moves
		// counts.
		this.waiting.add(change);
		try {
			if (change.tryAcquire()) {
				return true;
			}
			long left = nanos - (nanoTime() - start);
			return (left > 0 && waitFor(change, left, count)) || nanoTime() - start < nanos;
		}
		finally {
			this.waiting.remove(change);
		}
	}

	/**
	 * Counts only threads that really wait: a test goes on when there are as many as it
	 * awaits.
	 */
	private boolean waitFor(Semaphore change, long nanos, IntConsumer count) throws InterruptedException {
		count.accept(1);
		try {
			if (this.reading.running) {
				return change.tryAcquire(nanos, TimeUnit.NANOSECONDS);
			}
			change.acquire();
			return true;
		}
		finally {
			count.accept(-1);
		}
	}

	private void count(int more) {
		this.lock.lock();
		try {
			this.waiters += more;
			this.waits.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What the clock shows.
	 *
	 * @param running whether it follows the system's clock
	 * @param nanos how far it is ahead of that, or else what it shows
	 */
	private record Reading(boolean running, long nanos) {

		long nanoTime() {
			return this.running ? System.nanoTime() + this.nanos : this.nanos;
		}

	}

}
