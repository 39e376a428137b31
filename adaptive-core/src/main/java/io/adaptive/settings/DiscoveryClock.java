package io.adaptive.settings;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The time by which clients search, connect, watch and try again. A test may pass its
 * own. Safe for use by many threads.
 */
public interface DiscoveryClock {

	/** The time of the system. */
	DiscoveryClock SYSTEM = new DiscoveryClock() {

		@Override
		public long nanoTime() {
			return System.nanoTime();
		}

		@Override
		public boolean await(Semaphore change, long nanos) throws InterruptedException {
			return change.tryAcquire(nanos, TimeUnit.NANOSECONDS);
		}

	};

	/**
	 * Reads the clock.
	 * @return nanoseconds since some moment; never goes back
	 */
	long nanoTime();

	/**
	 * Waits for a change, for which the caller looks itself afterwards: this may return
	 * early.
	 * @param change a permit of which is taken
	 * @param nanos how long to wait at most
	 * @return whether there may have been a change; {@code false} if the time is up
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	boolean await(Semaphore change, long nanos) throws InterruptedException;

}
