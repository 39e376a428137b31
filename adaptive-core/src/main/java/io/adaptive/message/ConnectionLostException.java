package io.adaptive.message;

/**
 * The connection is gone.
 */
public class ConnectionLostException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ErrorInfo reason;

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
		this.reason = cause;
	}

	/**
	 * Returns why the connection ended. Where the peer closed it for a reason, that is
	 * the peer's code and text, and its origin names the peer.
	 * @return the reason
	 */
	public ErrorInfo reason() {
		return this.reason;
	}

}
