package io.adaptive.internal.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Limits retries to a small part of all calls, so that they do not overload a service in
 * trouble: each call earns a part of a retry, and some more are earned over time for a
 * client with few calls. Thread-safe.
 *
 * @see <a href="https://finagle.github.io/blog/2016/02/08/retry-budgets/">Retry
 * budgets</a>, whose proportions these are
 */
final class RetryBudget {

	/** The cost of one retry. */
	private static final long RETRY = 1000;

	/** A fifth of a retry. */
	private static final long EARNED_BY_CALL = 200;

	private static final long EARNED_BY_SECOND = 10 * RETRY;

	private static final long MAX_BALANCE = 100 * RETRY;

	private final LongSupplier nanoTime;

	private final LongAdder calls = new LongAdder();

	private long countedCalls;

	private long balance = MAX_BALANCE;

	private long last;

	/**
	 * Creates a full budget.
	 * @param nanoTime a monotonic clock, in nanoseconds
	 */
	RetryBudget(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.last = nanoTime.getAsLong();
	}

	/**
	 * Counts a new call.
	 */
	void earn() {
		this.calls.increment();
	}

	/**
	 * Takes a retry from the budget.
	 * @return whether there was one
	 */
	synchronized boolean spend() {
		this.balance = Math.min(MAX_BALANCE, this.balance + earnedByCalls() + earnedByTime());
		if (this.balance < RETRY) {
			return false;
		}
		this.balance -= RETRY;
		return true;
	}

	private long earnedByCalls() {
		long counted = this.calls.sum();
		long earned = (counted - this.countedCalls) * EARNED_BY_CALL;
		this.countedCalls = counted;
		return earned;
	}

	private long earnedByTime() {
		long millis = TimeUnit.NANOSECONDS.toMillis(this.nanoTime.getAsLong() - this.last);
		this.last += TimeUnit.MILLISECONDS.toNanos(millis);
		return millis * EARNED_BY_SECOND / 1000;
	}

}
