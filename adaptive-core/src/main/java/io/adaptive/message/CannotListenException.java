package io.adaptive.message;

/**
 * Thrown when a node cannot bind the TCP address on which it is configured to listen.
 */
public class CannotListenException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient Endpoint.Tcp address;

	/**
	 * Creates the exception.
	 * @param address the address
	 * @param reason the reason, as text for the message
	 * @param cause the cause
	 */
	public CannotListenException(Endpoint.Tcp address, String reason, Throwable cause) {
		super(ErrorCode.UNAVAILABLE, Delivery.NOT_SENT, "Cannot listen on %s: %s".formatted(address, reason), cause);
		this.address = address;
	}

	/**
	 * Returns the address.
	 * @return host and port as configured
	 */
	public Endpoint.Tcp address() {
		return this.address;
	}

}
