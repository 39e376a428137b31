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
		this(ErrorCode.INVALID_ARGUMENT, delivery, message, cause);
	}

	/**
	 * Makes the exception, for a reason that is not the message's own.
	 * @param code the kind of error, such as {@link ErrorCode#RESOURCE_EXHAUSTED}
	 * @param delivery what is known of the call
	 * @param message which type, and what is wrong with it
	 * @param cause the codec's own exception, if there is one
	 */
	public MessageCodecException(ErrorCode code, Delivery delivery, String message, @Nullable Throwable cause) {
		super(code, delivery, message, cause);
	}

}
