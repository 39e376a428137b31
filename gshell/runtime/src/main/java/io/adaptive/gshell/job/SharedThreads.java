package io.adaptive.gshell.job;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Threads that the platform starts when they are first needed and keeps for the whole
 * JVM. Started by a job they would be in its thread group, and so seem to be its own.
 */
final class SharedThreads {

	static {
		CompletableFuture.delayedExecutor(1, TimeUnit.NANOSECONDS).execute(() -> {
		});
	}

	private SharedThreads() {
	}

	/** Returns when they have been told to start. */
	static void start() {
	}

}
