package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.adaptive.internal.client.Backoff;

/**
 * Schedule of the attempts of a relayed node to be reached directly by its registry: the
 * first after at most 5 s, then at intervals that double with each refusal, up to 8
 * minutes. A change of the machine's addresses restarts it. For use by the thread of its
 * link, except where noted.
 */
final class DirectWay {

	static final Duration FIRST = Duration.ofSeconds(5);

	static final Duration LONGEST = Duration.ofMinutes(8);

	private final LongSupplier nanoTime;

	private final Backoff pauses;

	private boolean relayed;

	private long nextAt;

	private volatile boolean changed;

	DirectWay(LongSupplier nanoTime, RandomGenerator random) {
		this.nanoTime = nanoTime;
		this.pauses = new Backoff(FIRST, LONGEST, random);
	}

	/**
	 * Restarts the schedule after the addresses of the machine have changed. For use by
	 * any thread.
	 */
	void addressesChanged() {
		this.changed = true;
	}

	/**
	 * Records that the registry has accepted the node.
	 * @param relayed whether with relays
	 */
	void accepted(boolean relayed) {
		if (relayed && !this.relayed) {
			this.pauses.reset();
			pause();
		}
		this.relayed = relayed;
	}

	/**
	 * Records that the registry could not reach the node directly.
	 */
	void refused() {
		pause();
	}

	private void pause() {
		this.changed = false;
		this.nextAt = this.nanoTime.getAsLong() + this.pauses.next().toNanos();
	}

	/**
	 * Returns the time until the next attempt, in nanoseconds.
	 * @return zero for now, {@code Long.MAX_VALUE} for never
	 */
	long nanosToTry() {
		if (!this.relayed) {
			return Long.MAX_VALUE;
		}
		if (this.changed) {
			this.pauses.reset();
			return 0;
		}
		return Math.max(0, this.nextAt - this.nanoTime.getAsLong());
	}

}
