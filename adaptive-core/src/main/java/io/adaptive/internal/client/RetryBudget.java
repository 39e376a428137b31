package io.adaptive.internal.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Keeps calls that are sent again a small part of all calls, so that a service in trouble
 * is not given more to do: each call earns a part of a retry, some more are there for a
 * client that calls seldom. Safe for use by many threads.
 *
 * @see <a href="https://finagle.github.io/blog/2016/02/08/retry-budgets/">Retry
 * budgets</a>, whose proportions these are
 */
final class RetryBudget {

	/** What one retry costs. */
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
	 * Makes a full budget.
	 * @param nanoTime a clock that never goes back
	 */
	RetryBudget(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		this.last = nanoTime.getAsLong();
	}

	/**
	 * A call is made for the first time.
	 */
	void earn() {
		this.calls.increment();
	}

	/**
	 * Takes a retry.
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
