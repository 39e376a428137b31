package io.adaptive.message;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a message cannot be encoded, or a received message cannot be decoded.
 */
public class MessageCodecException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception with {@link ErrorCode#INVALID_ARGUMENT}.
	 * @param delivery the delivery state of the call
	 * @param message the detail message, which names the type and the problem
	 * @param cause the exception of the codec, {@code null} if there is none
	 */
	public MessageCodecException(Delivery delivery, String message, @Nullable Throwable cause) {
		this(ErrorCode.INVALID_ARGUMENT, delivery, message, cause);
	}

	/**
	 * Creates the exception with another error code, for a problem that is not caused by
	 * the message itself.
	 * @param code the error code, such as {@link ErrorCode#RESOURCE_EXHAUSTED}
	 * @param delivery the delivery state of the call
	 * @param message the detail message, which names the type and the problem
	 * @param cause the exception of the codec, {@code null} if there is none
	 */
	public MessageCodecException(ErrorCode code, Delivery delivery, String message, @Nullable Throwable cause) {
		super(code, delivery, message, cause);
	}

}
