package io.adaptive.message;

/**
 * The peer ended the stream; nothing more will come.
 */
public class EndOfStreamException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message what happened
	 */
	public EndOfStreamException(String message) {
		super(ErrorCode.OUT_OF_RANGE, message);
	}

}
