package io.adaptive.internal.beacon;

/**
 * Which counters of a sender have been seen: those above the highest one are new, and of
 * the last few below it each is taken once, since datagrams may overtake each other.
 */
final class ReplayWindow {

	/** So many datagrams may be overtaken, and still count. */
	static final int SIZE = 1_024;

	private final long[] seen = new long[SIZE / Long.SIZE];

	private long highest;

	/** Nothing up to this one is taken. */
	private long floor;

	/**
	 * Takes a counter.
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
	 * Takes nothing any more that is older than a counter.
	 */
	void forgetBelow(long counter) {
		this.floor = Math.max(this.floor, counter - 1);
	}

}
