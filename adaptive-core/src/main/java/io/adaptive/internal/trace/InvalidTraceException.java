package io.adaptive.internal.trace;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;

/**
 * Thrown for an invalid mark or token. The message contains the valid form.
 */
public final class InvalidTraceException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	public InvalidTraceException(String message) {
		super(ErrorCode.INVALID_ARGUMENT, message);
	}

}
