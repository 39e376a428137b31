package io.adaptive.network;

/**
 * How soon a client sees the truth, in milliseconds.
 */
final class Goal {

	/** A service that is published, on a LAN. */
	static final long APPEAR_ON_LAN = 500;

	/** A service that is published, by a registry. */
	static final long APPEAR_BY_REGISTRY = 1_000;

	/**
	 * What concerns a program that has just started: it loads and compiles what it needs
	 * for its first connection meanwhile.
	 */
	static final long COLD = 10_000;

	/** A process that was killed, or a service that left. */
	static final long GONE = 1_000;

	/** A host that says nothing any more. */
	static final long SILENT = 15_000;

	/** What can be reached again. */
	static final long HEALED = 15_000;

	/** A host that has another address than before. */
	static final long MOVED = 2_000;

	/**
	 * Machines differ and are busy: only ten times the goal fails. The table tells the
	 * goal and what was measured.
	 * @param goal in milliseconds
	 * @return the limit, in milliseconds
	 */
	static long limit(long goal) {
		return 10 * goal;
	}

	private Goal() {
	}

}
