package io.adaptive.message;

/**
 * A message came that is not of the type asked for. It stays first in the stream's inbox,
 * so that it can be received by its own type.
 */
public class MessageTypeMismatchException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message what happened
	 */
	public MessageTypeMismatchException(String message) {
		super(ErrorCode.INVALID_ARGUMENT, message);
	}

}
