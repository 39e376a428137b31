package io.adaptive.benchmark.load;

/**
 * What all callers of a run look at before each call.
 */
final class Phase {

	private volatile boolean counting;

	private volatile boolean over;

	boolean isCounting() {
		return this.counting;
	}

	boolean isOver() {
		return this.over;
	}

	void count() {
		this.counting = true;
	}

	void end() {
		this.over = true;
	}

}
