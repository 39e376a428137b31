package io.adaptive.settings;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The clock for the timeouts and delays of searches, connection attempts, watches and
 * retries of clients. Tests can supply their own. Implementations are thread-safe.
 */
public interface DiscoveryClock {

	/** The system clock. */
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
	 * Returns the current time.
	 * @return nanoseconds since an arbitrary origin; monotonic
	 */
	long nanoTime();

	/**
	 * Waits for a change. May return early, so the caller checks its condition
	 * afterwards.
	 * @param change the semaphore of which a permit is acquired
	 * @param nanos the maximum time to wait, in nanoseconds
	 * @return {@code true} if there may have been a change, {@code false} if the time
	 * elapsed
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	boolean await(Semaphore change, long nanos) throws InterruptedException;

}
