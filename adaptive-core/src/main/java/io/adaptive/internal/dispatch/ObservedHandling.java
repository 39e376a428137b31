package io.adaptive.internal.dispatch;

import java.util.concurrent.CancellationException;

import io.adaptive.internal.stream.IncomingMessage;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.stream.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * Handling of a message under an observer, and the outcome to report to it. Confined to
 * the handling of the message.
 */
final class ObservedHandling {

	/** Maximum depth of the search through the causes of an error. */
	private static final int MAX_CAUSES = 16;

	private final MessageObserver.Handling handling;

	private final IncomingMessage message;

	private @Nullable Throwable error;

	ObservedHandling(MessageObserver.Handling handling, IncomingMessage message) {
		this.handling = handling;
		this.message = message;
	}

	/**
	 * Notes the outcome so far.
	 * @param error the failure, {@code null} for success
	 * @param interruptedByCaller whether the caller has interrupted the handler
	 */
	void note(@Nullable Throwable error, boolean interruptedByCaller) {
		Throwable cancellation = (error != null) ? cancellation(error, this.message, interruptedByCaller) : null;
		this.error = (cancellation != null) ? cancellation : error;
	}

	/**
	 * Reports the outcome. A handler may have returned normally after its caller gave up.
	 */
	void end() {
		this.handling.ended((this.error == null && this.message.isGivenUp())
				? new CancellationException("The caller has given up") : this.error);
	}

	/**
	 * Returns whether an error needs no stack trace in the log: it is an
	 * {@link AdaptiveException}, which is complete without it, or it ends work that the
	 * caller has cancelled.
	 */
	static boolean isExpected(Throwable error, IncomingMessage message, boolean interruptedByCaller) {
		return error instanceof AdaptiveException || cancellation(error, message, interruptedByCaller) != null;
	}

	/**
	 * Returns the cancellation within an error of work that the caller has cancelled,
	 * {@code null} if there is none. A wait for a future or a publisher wraps it.
	 */
	private static @Nullable Throwable cancellation(Throwable error, IncomingMessage message,
			boolean interruptedByCaller) {
		if (!message.isCancelled()) {
			return null;
		}
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof CancellationException
					|| (cause instanceof AdaptiveException adaptive && adaptive.code() == ErrorCode.CANCELLED)) {
				return cause;
			}
			if (cause instanceof InterruptedException && interruptedByCaller) {
				return new CancellationException("Interrupted, since the caller has given up");
			}
			cause = cause.getCause();
		}
		return null;
	}

}
