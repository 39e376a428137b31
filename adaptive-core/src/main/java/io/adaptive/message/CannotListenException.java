package io.adaptive.message;

/**
 * A node cannot have the TCP address on which it is to listen.
 */
public class CannotListenException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient Endpoint.Tcp address;

	/**
	 * Makes the exception.
	 * @param address the address
	 * @param reason why, in words
	 * @param cause what was caught
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
