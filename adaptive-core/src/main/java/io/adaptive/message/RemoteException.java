package io.adaptive.message;

/**
 * Thrown for an error raised by the peer: an exception of a handler, or the refusal of a
 * message by the framework of the peer.
 */
public class RemoteException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	private final transient ErrorInfo error;

	/**
	 * Creates the local exception for an error of the peer.
	 * @param error the error that the peer sent
	 */
	public RemoteException(ErrorInfo error) {
		super(error.code(), error.delivery(), describe(error), null);
		this.error = error;
	}

	private static String describe(ErrorInfo error) {
		return error.origin().isEmpty() ? error.toString() : error + " [from " + error.origin() + "]";
	}

	/**
	 * Returns the error as the peer sent it.
	 * @return the error
	 */
	public ErrorInfo error() {
		return this.error;
	}

}
