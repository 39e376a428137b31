package io.adaptive.message;

/**
 * An error raised by the peer: by a handler that threw, or by the peer's framework that
 * refused the message.
 */
public class RemoteException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ErrorInfo error;

	/**
	 * Makes the local exception for a peer's error.
	 * @param error what the peer sent
	 */
	public RemoteException(ErrorInfo error) {
		super(error.code(), error.delivery(), describe(error), null);
		this.error = error;
	}

	private static String describe(ErrorInfo error) {
		return error.origin().isEmpty() ? error.toString() : error + " [from " + error.origin() + "]";
	}

	/**
	 * Returns the error as it travelled.
	 * @return the error
	 */
	public ErrorInfo error() {
		return this.error;
	}

}
