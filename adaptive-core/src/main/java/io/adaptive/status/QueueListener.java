package io.adaptive.status;

import io.adaptive.message.Priority;

/**
 * Is told how long work waited for a worker. Called on the worker, before the work: it
 * must be quick, and must not throw.
 */
@FunctionalInterface
public interface QueueListener {

	/** Nobody wants to know, and no clock is read. */
	QueueListener NOBODY = (priority, nanos) -> {
	};

	/**
	 * Work was taken out of the queue.
	 * @param priority its priority
	 * @param nanos how long it had waited, in nanoseconds
	 */
	void waited(Priority priority, long nanos);

}
