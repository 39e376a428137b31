package io.adaptive.status;

import io.adaptive.message.Priority;

/**
 * A listener of the time that tasks wait in the queue of the worker pool. Called on the
 * worker before it runs the task. Implementations must be fast and must not throw.
 */
@FunctionalInterface
public interface QueueListener {

	/** No listener; waiting times are not measured. */
	QueueListener NOBODY = (priority, nanos) -> {
	};

	/**
	 * Called when a task was taken from the queue.
	 * @param priority the priority of the task
	 * @param nanos the time that it waited, in nanoseconds
	 */
	void waited(Priority priority, long nanos);

}
