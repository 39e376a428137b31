package io.adaptive.message;

/**
 * Thrown when the next message of a stream is not of the requested type. The message
 * remains first in the inbox of the stream and can be received by its own type.
 */
public class MessageTypeMismatchException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message the detail message
	 */
	public MessageTypeMismatchException(String message) {
		super(ErrorCode.INVALID_ARGUMENT, message);
	}

}
