package io.adaptive.stress.soak;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.Delivery;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import io.adaptive.message.RemoteException;
import io.adaptive.message.StreamResetException;

/**
 * What the sender of a message knows of it in the end.
 */
enum Outcome {

	/** A call: the answer came. So it was handled. */
	ANSWERED,

	/** A call: the error came that its handler raised. So it was handled. */
	FAILED,

	/**
	 * One way: it left before an ordinary end of its stream or connection, and the
	 * receiver takes all there is. So it was handled.
	 */
	DELIVERED,

	/** The sender was told NOT_SENT or NOT_PROCESSED. So it was not handled. */
	REFUSED,

	/** A call: cancelled before its outcome was there. May have been handled. */
	CANCELLED,

	/** A call: its time was up. May have been handled. */
	TIMED_OUT,

	/**
	 * Its stream or its connection was closed, by either side, before a call was answered
	 * or before a receiver that stopped early had taken it. May have been handled.
	 */
	LOST;

	/**
	 * Tells what an exception of {@code send}, {@code sendRecv} or of their futures says.
	 * @param error the exception
	 * @return the outcome
	 * @throws IllegalStateException if the soak never causes such an exception
	 */
	static Outcome of(Throwable error) {
		Throwable cause = error;
		if ((error instanceof ExecutionException || error instanceof CompletionException) && error.getCause() != null) {
			cause = error.getCause();
		}
		if (cause instanceof CancellationException) {
			return CANCELLED;
		}
		if (cause instanceof ReceiveTimeoutException) {
			return TIMED_OUT;
		}
		if (isCancelledWithItsCaller(cause)) {
			return CANCELLED;
		}
		if (cause instanceof AdaptiveException adaptive && adaptive.delivery() != Delivery.UNKNOWN) {
			return REFUSED;
		}
		if (cause instanceof RemoteException) {
			return FAILED;
		}
		if (cause instanceof ConnectionLostException || cause instanceof StreamResetException
				|| cause instanceof EndOfStreamException) {
			return LOST;
		}
		throw new IllegalStateException("This should not happen: " + cause, cause);
	}

	/**
	 * Tells whether a handler's own call was cancelled when the handler's caller gave up.
	 */
	private static boolean isCancelledWithItsCaller(Throwable error) {
		return error.getClass() == AdaptiveException.class && error instanceof AdaptiveException adaptive
				&& adaptive.code() == ErrorCode.CANCELLED && adaptive.delivery() == Delivery.UNKNOWN;
	}

	/**
	 * Tells whether the sender knows that the message was handled.
	 */
	boolean isSurelyHandled() {
		return this == ANSWERED || this == FAILED || this == DELIVERED;
	}

}
