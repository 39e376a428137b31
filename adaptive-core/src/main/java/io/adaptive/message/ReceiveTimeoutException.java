package io.adaptive.message;

/**
 * Thrown when no message was received within the receive timeout. The stream remains
 * open.
 */
public class ReceiveTimeoutException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message the detail message
	 */
	public ReceiveTimeoutException(String message) {
		super(ErrorCode.DEADLINE_EXCEEDED, message);
	}

}
