package io.adaptive.internal.builtin.root;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.adaptive.internal.client.Backoff;

/**
 * When a node that is relayed asks its registry once more to reach it directly: after 5 s
 * at most, and after twice as long with each refusal, up to 8 minutes. A change of the
 * machine's addresses begins anew. For the thread of its link, except where it says so.
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
	 * The addresses of the machine have changed. For any thread.
	 */
	void addressesChanged() {
		this.changed = true;
	}

	/**
	 * The registry has accepted the node.
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
	 * The registry could not reach the node directly.
	 */
	void refused() {
		pause();
	}

	private void pause() {
		this.changed = false;
		this.nextAt = this.nanoTime.getAsLong() + this.pauses.next().toNanos();
	}

	/**
	 * Returns after how many nanoseconds to try the direct way.
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
