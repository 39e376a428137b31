package io.adaptive.message;

import java.util.concurrent.CompletionException;

/**
 * The peer was reached and refused the connection, with a reason.
 */
public class ConnectionRefusedException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param code the kind of refusal
	 * @param reason why, in the peer's words
	 */
	public ConnectionRefusedException(ErrorCode code, String reason) {
		super(code, Delivery.NOT_SENT, reason, null);
	}

	/**
	 * Tells how the failure of a decision about a connection travels.
	 * @param error the failure, as a rule of user code
	 * @return its code and text
	 */
	public static ErrorInfo of(Throwable error) {
		Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause() : error;
		return ErrorInfo.of(cause, "");
	}

}
