package io.adaptive.message;

/**
 * A message is larger than the peer accepts. It was not sent; the connection is unharmed.
 */
public class MessageTooLargeException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param type the message's type
	 * @param bytes its encoded size
	 * @param limit the most the peer accepts, in bytes
	 */
	public MessageTooLargeException(String type, long bytes, long limit) {
		super(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
				"Message %s takes %s bytes, the limit is %s".formatted(type, bytes, limit), null);
	}

}
