package io.adaptive.test;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The faults of links.
 * 
 * @param minDelay the minimum delay
 * @param maxDelay the maximum delay
 * @param reorderedWithin the maximum time by which streams overtake each other
 * @param perMessage the time that the receiver takes to read a message
 * @param held whether nothing gets through
 */
record Faults(Duration minDelay, Duration maxDelay, Duration reorderedWithin, Duration perMessage, boolean held) {

	static final Faults NONE = new Faults(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, false);

	Faults {
		if (minDelay.isNegative() || maxDelay.compareTo(minDelay) < 0) {
			throw new IllegalArgumentException(
					"A delay is not negative and has its limits in order, not %s to %s".formatted(minDelay, maxDelay));
		}
		if (reorderedWithin.isNegative() || perMessage.isNegative()) {
			throw new IllegalArgumentException("A time is not negative: %s, %s".formatted(reorderedWithin, perMessage));
		}
	}

	Faults delayed(Duration min, Duration max) {
		return new Faults(min, max, this.reorderedWithin, this.perMessage, this.held);
	}

	Faults reordered(Duration within) {
		return new Faults(this.minDelay, this.maxDelay, within, this.perMessage, this.held);
	}

	Faults readSlowly(Duration perMessage) {
		return new Faults(this.minDelay, this.maxDelay, this.reorderedWithin, perMessage, this.held);
	}

	Faults held(boolean held) {
		return new Faults(this.minDelay, this.maxDelay, this.reorderedWithin, this.perMessage, held);
	}

	long drawDelay(RandomGenerator random) {
		return draw(random, this.minDelay.toNanos(), this.maxDelay.toNanos());
	}

	long drawOvertaking(RandomGenerator random) {
		return draw(random, 0, this.reorderedWithin.toNanos());
	}

	private static long draw(RandomGenerator random, long min, long max) {
		return (min == max) ? min : random.nextLong(min, max + 1);
	}

	boolean reorders() {
		return !this.reorderedWithin.isZero();
	}

}
