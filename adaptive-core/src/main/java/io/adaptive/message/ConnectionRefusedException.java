package io.adaptive.message;

import java.util.concurrent.CompletionException;

/**
 * Thrown when a connection cannot be opened: the peer refused it or could not be reached,
 * or this node is closed. The code and the message hold the reason.
 */
public class ConnectionRefusedException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param code the error code of the refusal
	 * @param reason the reason, as sent by the peer if the peer refused
	 */
	public ConnectionRefusedException(ErrorCode code, String reason) {
		super(code, Delivery.NOT_SENT, reason, null);
	}

	/**
	 * Returns the error to be sent to the peer for a failed admission of a connection. A
	 * {@link CompletionException} is unwrapped.
	 * @param error the failure, usually from user code
	 * @return the code and text of the failure
	 */
	public static ErrorInfo of(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		return ErrorInfo.of(cause, "");
	}

}
