package io.adaptive.message;

/**
 * Thrown when a message is larger than the peer accepts. The message was not sent, and
 * the connection remains usable.
 */
public class MessageTooLargeException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param type the message type
	 * @param bytes the encoded size in bytes
	 * @param limit the largest size that the peer accepts, in bytes
	 */
	public MessageTooLargeException(String type, long bytes, long limit) {
		super(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
				"Message %s takes %s bytes, the limit is %s".formatted(type, bytes, limit), null);
	}

}
