package io.adaptive.settings;

/**
 * What the workers of a pool are.
 */
public enum WorkerKind {

	/**
	 * {@link #VIRTUAL} on Java 24 and newer, where a virtual thread that blocks in
	 * {@code synchronized} gives its carrier back; {@link #PLATFORM} below.
	 */
	AUTO(0),

	/** Virtual threads: cheap to wake and to block. They need Java 21. */
	VIRTUAL(10_000),

	/** Platform threads. */
	PLATFORM(1_024);

	private static final int VIRTUAL_SINCE = 21;

	private static final int UNPINNED_SINCE = 24;

	private final int defaultMaximum;

	WorkerKind(int defaultMaximum) {
		this.defaultMaximum = defaultMaximum;
	}

	/**
	 * Returns how many workers there are at most when the user did not say.
	 * @return the number of workers
	 */
	public int defaultMaximum() {
		return this.defaultMaximum;
	}

	/**
	 * Decides what {@link #AUTO} is.
	 * @param javaVersion the feature number of the running Java
	 * @return another kind than {@link #AUTO}
	 * @throws IllegalArgumentException if that Java has no such threads
	 */
	public WorkerKind resolve(int javaVersion) {
		return switch (this) {
			case AUTO -> (javaVersion >= UNPINNED_SINCE) ? VIRTUAL : PLATFORM;
			case PLATFORM -> PLATFORM;
			case VIRTUAL -> {
				if (javaVersion < VIRTUAL_SINCE) {
					throw new IllegalArgumentException(
							"Virtual workers need Java %s or newer and this is Java %s; choose AUTO or PLATFORM"
								.formatted(VIRTUAL_SINCE, javaVersion));
				}
				yield VIRTUAL;
			}
		};
	}

}
