package io.adaptive.internal.dispatch;

import java.util.function.Consumer;

import io.adaptive.internal.log.KeyValueLogger;

/**
 * Work that is left when its threads have ended, and is run by the thread that ends them.
 */
final class Leftovers {

	private static final KeyValueLogger logger = KeyValueLogger.of(Leftovers.class);

	private Leftovers() {
	}

	/**
	 * Runs work that must not be lost. It may be application code, whose failure must not
	 * lose the remaining work.
	 * @param surroundings runs the work
	 */
	static void run(Runnable work, Consumer<Runnable> surroundings) {
		try {
			surroundings.accept(work);
		}
		catch (Throwable ex) {
			logger.error("work failed thread={}", Thread.currentThread().getName(), ex);
		}
	}

	/**
	 * Work that is not dropped when the pool is closed.
	 *
	 * @param work the work
	 */
	record Kept(Runnable work) implements Runnable {

		@Override
		public void run() {
			this.work.run();
		}

	}

}
