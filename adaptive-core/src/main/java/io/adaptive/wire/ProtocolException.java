package io.adaptive.wire;

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

}
