package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * A message cannot be encoded, or what arrived cannot be decoded.
 */
public class MessageCodecException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param delivery what is known of the call
	 * @param message which type, and what is wrong with it
	 * @param cause the codec's own exception, if there is one
	 */
	public MessageCodecException(Delivery delivery, String message, @Nullable Throwable cause) {
		super(ErrorCode.INVALID_ARGUMENT, delivery, message, cause);
	}

}
