package io.adaptive.settings;

/**
 * The kind of threads in a worker pool.
 */
public enum WorkerKind {

	/**
	 * {@link #VIRTUAL} on Java 24 and later, where a virtual thread that blocks in
	 * {@code synchronized} releases its carrier; {@link #PLATFORM} on earlier versions.
	 */
	AUTO(0),

	/** Virtual threads, which are cheap to wake and to block. Requires Java 21. */
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
	 * Returns the maximum number of workers if none is configured.
	 * @return the number of workers
	 */
	public int defaultMaximum() {
		return this.defaultMaximum;
	}

	/**
	 * Resolves {@link #AUTO} to a concrete kind.
	 * @param javaVersion the feature version of the running Java
	 * @return a kind other than {@link #AUTO}
	 * @throws IllegalArgumentException if that Java version has no virtual threads
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
