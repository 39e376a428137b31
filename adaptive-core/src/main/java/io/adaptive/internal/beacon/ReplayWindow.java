package io.adaptive.internal.beacon;

/**
 * Counters that were received from a sender. A counter above the highest one is new. Of
 * the last {@value #SIZE} below it each is accepted once, since datagrams may be
 * reordered.
 */
final class ReplayWindow {

	/** Number of later datagrams after which a reordered one is still accepted. */
	static final int SIZE = 1_024;

	private final long[] seen = new long[SIZE / Long.SIZE];

	private long highest;

	/** Counter up to which all are refused. */
	private long floor;

	/**
	 * Accepts a counter, unless it was accepted before or is too old.
	 * @param counter above 0
	 * @return whether it is new
	 */
	boolean take(long counter) {
		if (counter <= this.floor || counter <= this.highest - SIZE) {
			return false;
		}
		if (counter > this.highest) {
			advance(counter);
		}
		else if (isSeen(counter)) {
			return false;
		}
		int bit = Math.floorMod(counter, SIZE);
		this.seen[bit / Long.SIZE] |= 1L << bit;
		return true;
	}

	private boolean isSeen(long counter) {
		int bit = Math.floorMod(counter, SIZE);
		return (this.seen[bit / Long.SIZE] & (1L << bit)) != 0;
	}

	private void advance(long counter) {
		long passed = Math.min(SIZE, counter - this.highest);
		for (long back = 0; back < passed; back++) {
			int bit = Math.floorMod(counter - back, SIZE);
			this.seen[bit / Long.SIZE] &= ~(1L << bit);
		}
		this.highest = counter;
	}

	/**
	 * Refuses all counters below the given one from now on.
	 */
	void forgetBelow(long counter) {
		this.floor = Math.max(this.floor, counter - 1);
	}

}
