package io.adaptive.message;

/**
 * The connection is gone.
 */
public class ConnectionLostException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param service the service it led to
	 * @param endpoint where it led
	 * @param cause why it ended
	 * @param delivery what is known of the call that fails with it
	 */
	public ConnectionLostException(ServiceName service, Endpoint endpoint, ErrorInfo cause, Delivery delivery) {
		super(ErrorCode.UNAVAILABLE, delivery,
				"Connection to %s at %s lost: %s (call %s)".formatted(service, endpoint, cause, delivery), null);
	}

}
