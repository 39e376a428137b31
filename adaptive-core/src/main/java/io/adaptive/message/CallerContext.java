package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * Propagation of thread-bound context, such as thread locals for logging or security,
 * from the thread that sends a message to the thread that handles it. Context is
 * propagated within a process only.
 */
@FunctionalInterface
public interface CallerContext {

	/** A context that propagates nothing. */
	CallerContext NONE = () -> null;

	/**
	 * Captures the context of the current thread. Called for each message within the
	 * process, so it must be cheap for a thread without context.
	 * @return the captured context. For a thread without context, a captured context
	 * whose restoration clears the context of the handler's thread, or {@code null} if no
	 * thread can have any
	 */
	@Nullable Captured capture();

	/**
	 * The context captured from one thread.
	 */
	interface Captured {

		/**
		 * Returns whether the captured thread has state that a handler must not join,
		 * such as a transaction. The handler then runs on another thread.
		 * @return {@code true} if the captured thread must not run the handler
		 */
		boolean isThreadTaken();

		/**
		 * Replaces the context of the current thread, which is about to run the handler,
		 * by the captured one. If this fails, the thread keeps its previous context.
		 * @return an action that restores the thread's previous context and removes
		 * context that the handler left behind
		 */
		Runnable restore();

	}

}
