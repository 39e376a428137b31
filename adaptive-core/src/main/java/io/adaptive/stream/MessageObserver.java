package io.adaptive.stream;

import io.adaptive.message.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * An observer of the messages that clients of a node send and that its handlers handle,
 * for observations and logging. Not observed are messages of built-in services, messages
 * that a server sends on a stream, and messages taken by {@code recv}.
 * <p>
 * Called for each message, by several threads concurrently and sometimes on an event
 * loop. Implementations must be fast and must not block. Exceptions are logged once and
 * otherwise ignored.
 */
public interface MessageObserver {

	/** An observer that observes nothing, without cost. */
	MessageObserver NONE = new MessageObserver() {
	};

	/**
	 * Called when a client is about to send a message, on the sending thread. Each
	 * attempt of a retried call is reported.
	 * @param message the message
	 * @param within the observation of the message whose handler sends, {@code null}
	 * outside handlers
	 * @return the observation of the message, {@code null} for none
	 */
	default @Nullable Sending sending(ObservedMessage message, @Nullable Handling within) {
		return null;
	}

	/**
	 * Called when a message is about to be decoded and handled, on the thread that runs
	 * the handler. That may be an event loop for a non-blocking handler.
	 * @param message the message
	 * @return the observation of the message, {@code null} for none
	 */
	default @Nullable Handling handling(ObservedMessage message) {
		return null;
	}

	/**
	 * The observation of a message at its sender.
	 */
	interface Sending {

		/**
		 * Returns the trace context to be sent with the message. Called once, before the
		 * message is sent.
		 * @return the position in a distributed trace, {@code null} for none
		 */
		default @Nullable TraceContext context() {
			return null;
		}

		/**
		 * Called exactly once at the end: for a call with its answer, failure, timeout or
		 * cancellation; for a one-way message when it was sent. Called on the thread of
		 * the caller or a worker, never on an event loop.
		 * @param error the failure at the sender, {@code null} for success
		 */
		void ended(@Nullable Throwable error);

	}

	/**
	 * The observation of a message at its handler.
	 */
	interface Handling {

		/** An action after the handler that does nothing. */
		Runnable NOTHING = () -> {
		};

		/**
		 * Called once before the handler runs, on the thread of the handler.
		 * @return an action that is run on the same thread when the handler has returned,
		 * even if its result is not available yet
		 */
		default Runnable open() {
			return NOTHING;
		}

		/**
		 * Called exactly once at the end, on the completing thread: when the message was
		 * answered, needs no answer, or could not be decoded. For asynchronous results
		 * this is when the last of them was sent.
		 * @param error the failure of the handler or of sending its answer, {@code null}
		 * for success
		 */
		void ended(@Nullable Throwable error);

	}

}
