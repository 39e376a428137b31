package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * What a thread that sends a message carries besides it, such as thread locals of logging
 * or security. It reaches the handler within a process only.
 */
@FunctionalInterface
public interface CallerContext {

	/** Nothing is carried. */
	CallerContext NONE = () -> null;

	/**
	 * Takes what the current thread carries. Called for each message within the process,
	 * so it must be cheap where there is nothing.
	 * @return what it carries. For a thread that carries nothing, what takes the same
	 * away from another thread, or {@code null} if none of them can carry anything
	 */
	@Nullable Captured capture();

	/**
	 * What was taken from a thread.
	 */
	interface Captured {

		/**
		 * Tells whether that thread is busy with something that a handler must not get
		 * into, such as a transaction, so that the handler has to run on another one.
		 * @return whether the thread is not to be lent to a handler
		 */
		boolean isThreadTaken();

		/**
		 * Gives it to the current thread, which is about to run the handler, and takes
		 * away what else that thread carries. If this fails, the thread carries what it
		 * did before.
		 * @return restores what the thread had before, and takes away what the handler
		 * left there
		 */
		Runnable restore();

	}

}
