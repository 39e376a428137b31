package io.adaptive.internal.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: the delay doubles with each attempt, up to a limit.
 * Each delay is drawn between half of that time and all of it, so that clients that lost
 * the same peer do not all reconnect at once. Confined to one thread.
 */
public final class Backoff {

	private final Duration first;

	private final Duration longest;

	private final RandomGenerator random;

	private Duration next;

	/**
	 * Creates a backoff that starts with the first delay.
	 * @param first the first delay
	 * @param longest the maximum delay
	 * @param random draws the jitter
	 */
	public Backoff(Duration first, Duration longest, RandomGenerator random) {
		this.first = first;
		this.longest = longest;
		this.random = random;
		this.next = first;
	}

	/**
	 * Starts again with the first delay, after a success.
	 */
	public void reset() {
		this.next = this.first;
	}

	/**
	 * Returns the delay before the next attempt.
	 * @return the delay
	 */
	public Duration next() {
		Duration current = this.next;
		Duration doubled = current.multipliedBy(2);
		this.next = (doubled.compareTo(this.longest) < 0) ? doubled : this.longest;
		long half = current.toNanos() / 2;
		return Duration.ofNanos(half + this.random.nextLong(half + 1));
	}

}
