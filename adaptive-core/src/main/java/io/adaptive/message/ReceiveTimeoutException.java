package io.adaptive.message;

/**
 * Nothing came within the receive timeout; the stream goes on.
 */
public class ReceiveTimeoutException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message what happened
	 */
	public ReceiveTimeoutException(String message) {
		super(ErrorCode.DEADLINE_EXCEEDED, message);
	}

}
