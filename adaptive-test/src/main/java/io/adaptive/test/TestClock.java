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
 * The time by which the nodes of an {@link InMemoryNetwork} search, connect, watch and
 * try again, and by which its {@link LinkFaults} delay. It runs like any clock until a
 * test {@linkplain #stop() stops} it; {@link #advance} moves it either way. Deadlines of
 * calls and receive timeouts keep to the time of the system. Safe for use by many
 * threads.
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
	 * Stops the clock: from now on only {@link #advance} moves it.
	 */
	public void stop() {
		change((current) -> new Reading(false, current.nanoTime()));
	}

	/**
	 * Lets the clock run on from where it stands.
	 */
	public void resume() {
		change((current) -> new Reading(true, current.nanoTime() - System.nanoTime()));
	}

	/**
	 * Moves the clock. Whoever waited for a time that has come by then goes on at once.
	 * @param time how far
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
	 * Waits until somebody waits by this clock, such as a client for a service that is
	 * not there, so that what is advanced then counts for it.
	 * @param count how many threads are to wait
	 * @throws AssertionError if fewer do after 10 seconds
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
	 * Waits as {@link #await} does, but for nobody whom a test would wait for.
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
