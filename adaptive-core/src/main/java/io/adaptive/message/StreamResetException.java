package io.adaptive.message;

/**
 * Thrown when an operation fails because its stream was reset, either by the peer or
 * because this side closed it.
 */
public class StreamResetException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param cause the reason
	 */
	public StreamResetException(ErrorInfo cause) {
		super(cause.code(), cause.delivery(), "Stream broken off: " + cause, null);
	}

}
