package io.adaptive.internal.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before each new attempt: twice as long as before, up to a limit, and
 * somewhere between half of that and all of it, so that many who lost the same peer do
 * not all come back at once. For one thread.
 */
public final class Backoff {

	private final Duration first;

	private final Duration longest;

	private final RandomGenerator random;

	private Duration next;

	/**
	 * Makes one that begins with the first wait.
	 * @param first the first wait
	 * @param longest none is longer
	 * @param random draws how much of it is waited
	 */
	public Backoff(Duration first, Duration longest, RandomGenerator random) {
		this.first = first;
		this.longest = longest;
		this.random = random;
		this.next = first;
	}

	/**
	 * Begins anew after a success.
	 */
	public void reset() {
		this.next = this.first;
	}

	/**
	 * Returns how long to wait before the next attempt.
	 * @return the time
	 */
	public Duration next() {
		Duration current = this.next;
		Duration doubled = current.multipliedBy(2);
		this.next = (doubled.compareTo(this.longest) < 0) ? doubled : this.longest;
		long half = current.toNanos() / 2;
		return Duration.ofNanos(half + this.random.nextLong(half + 1));
	}

}
