package io.adaptive.message;

/**
 * The peer was reached and refused the connection, with a reason.
 */
public class ConnectionRefusedException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param code the kind of refusal
	 * @param reason why, in the peer's words
	 */
	public ConnectionRefusedException(ErrorCode code, String reason) {
		super(code, Delivery.NOT_SENT, reason, null);
	}

}
