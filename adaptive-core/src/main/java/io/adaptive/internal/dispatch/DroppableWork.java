package io.adaptive.internal.dispatch;

/**
 * Work that must be told when it is not run, since the pool is closed.
 */
interface DroppableWork extends Runnable {

	/**
	 * Drops the work. Called instead of {@link #run()}.
	 */
	void drop();

}
