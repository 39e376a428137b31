package io.adaptive.message;

/**
 * The stream was broken off, by the peer or because this side closed it.
 */
public class StreamResetException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param cause why
	 */
	public StreamResetException(ErrorInfo cause) {
		super(cause.code(), cause.delivery(), "Stream broken off: " + cause, null);
	}

}
