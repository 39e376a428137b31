package io.adaptive.internal.trace;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;

/**
 * A mark, or a token, that cannot be. The message says what would be right.
 */
public final class InvalidTraceException extends AdaptiveException {

	private static final long serialVersionUID = 1L;

	public InvalidTraceException(String message) {
		super(ErrorCode.INVALID_ARGUMENT, message);
	}

}
