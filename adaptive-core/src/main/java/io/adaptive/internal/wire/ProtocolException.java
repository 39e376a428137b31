package io.adaptive.internal.wire;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;

/**
 * The peer broke the protocol. Ends that connection and no other.
 */
public class ProtocolException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message which rule was broken
	 */
	public ProtocolException(String message) {
		this(ErrorCode.INTERNAL, message);
	}

	/**
	 * Makes the exception.
	 * @param code the kind of error
	 * @param message which rule was broken
	 */
	public ProtocolException(ErrorCode code, String message) {
		super(code, message);
	}

	/**
	 * Returns the code with which a connection ends whose handshake is over: a peer that
	 * has kept the rules until then, and breaks one without a limit that it exceeds, was
	 * probably not understood.
	 * @return the code
	 */
	public ErrorCode codeAfterHandshake() {
		return (code() == ErrorCode.INTERNAL) ? ErrorCode.DATA_LOSS : code();
	}

}
