package io.adaptive.message;

/**
 * Thrown when a message is requested from a stream that the peer has ended.
 */
public class EndOfStreamException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param message the detail message
	 */
	public EndOfStreamException(String message) {
		super(ErrorCode.OUT_OF_RANGE, message);
	}

}
