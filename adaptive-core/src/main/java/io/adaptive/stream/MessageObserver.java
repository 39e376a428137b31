package io.adaptive.stream;

import io.adaptive.message.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Watches messages from outside, for observations and logging: what clients of a node
 * send, and what its handlers handle. Messages of builtin services are left out, and so
 * are those that a server sends on a stream, and what {@code recv} takes from one.
 * <p>
 * Called for each message by many threads at a time, sometimes on an event loop, so that
 * it must be quick and must not block. What it throws is logged once and otherwise
 * ignored.
 */
public interface MessageObserver {

	/** Watches nothing, and costs nothing. */
	MessageObserver NONE = new MessageObserver() {
	};

	/**
	 * A client is about to send a message. Called on the thread that sends; each attempt
	 * of a call that is sent again is one.
	 * @param message the message
	 * @param within what this observer made of the message whose handler sends,
	 * {@code null} outside of handlers
	 * @return watches what becomes of it, {@code null} if nobody wants to know
	 */
	default @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
		return null;
	}

	/**
	 * A message is about to be decoded and handled. Called on the thread that runs the
	 * handler, which for one that does not block may be an event loop.
	 * @param message the message
	 * @return watches what becomes of it, {@code null} if nobody wants to know
	 */
	default @Nullable Handling handling(ObservedMessage message) {
		return null;
	}

	/**
	 * A message on its way from its sender's point of view.
	 */
	interface Sending {

		/**
		 * Returns what travels with the message. Called once, before it leaves.
		 * @return the place in a distributed trace, {@code null} for none
		 */
		default @Nullable TraceContext context() {
			return null;
		}

		/**
		 * It has come to an end: a call with its answer, its failure, its time-out or its
		 * being cancelled; a message sent one way when it has left. Called exactly once,
		 * on the caller's thread or a worker, never on an event loop.
		 * @param error why it failed, as its sender sees it; {@code null} if it did not
		 */
		void ended(@Nullable Throwable error);

	}

	/**
	 * A message in the hands of its handler.
	 */
	interface Handling {

		/** What is called after the handler where nothing is to be done. */
		Runnable NOTHING = () -> {
		};

		/**
		 * The handler is about to run. Called once, on the handler's thread.
		 * @return called on the same thread when the handler has returned, be its result
		 * there or not
		 */
		default Runnable open() {
			return NOTHING;
		}

		/**
		 * The message is answered, or needs no answer, or could not be decoded; for
		 * results that come later when the last of them has been sent. Called exactly
		 * once, on the thread that finishes.
		 * @param error what the handler failed with, or why its answer was not sent;
		 * {@code null} if neither
		 */
		void ended(@Nullable Throwable error);

	}

}
