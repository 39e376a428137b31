package io.adaptive.message;

/**
 * Thrown when an operation fails because its connection has ended.
 */
public class ConnectionLostException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ErrorInfo reason;

	/**
	 * Creates the exception.
	 * @param service the service of the connection
	 * @param endpoint the endpoint of the connection
	 * @param cause the reason why the connection ended
	 * @param delivery the delivery state of the call that fails with this exception
	 */
	public ConnectionLostException(ServiceName service, Endpoint endpoint, ErrorInfo cause, Delivery delivery) {
		super(ErrorCode.UNAVAILABLE, delivery,
				"Connection to %s at %s lost: %s (call %s)".formatted(service, endpoint, cause, delivery), null);
		this.reason = cause;
	}

	/**
	 * Returns the reason why the connection ended. If the peer closed the connection with
	 * a reason, this is the code and text that the peer sent, and the origin names the
	 * peer.
	 * @return the reason
	 */
	public ErrorInfo reason() {
		return this.reason;
	}

}
