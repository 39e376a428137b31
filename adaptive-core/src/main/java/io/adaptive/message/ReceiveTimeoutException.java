package io.adaptive.message;

/**
 * Thrown when no message was received within the receive timeout, or when encoding the
 * request or decoding the answer took longer. The stream remains open.
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

	/**
	 * Creates the exception for a message whose delivery is known.
	 * @param delivery the delivery of the request
	 * @param message the detail message
	 */
	public ReceiveTimeoutException(Delivery delivery, String message) {
		super(ErrorCode.DEADLINE_EXCEEDED, delivery, message, null);
	}

}
