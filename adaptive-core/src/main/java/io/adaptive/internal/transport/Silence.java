package io.adaptive.internal.transport;

import java.time.Duration;

import io.adaptive.message.ErrorCode;
import io.adaptive.message.ErrorInfo;

/**
 * The cause of a link that ended because its peer was silent for too long.
 */
public final class Silence {

	private static final String MESSAGE = "nothing heard for ";

	private Silence() {
	}

	static ErrorInfo of(Duration silence) {
		return new ErrorInfo(ErrorCode.UNAVAILABLE, MESSAGE + silence.toMillis() + " ms");
	}

	/**
	 * Returns whether a link ended because its peer was silent.
	 * @param cause the cause of the end
	 * @return whether it is the cause created by this class
	 */
	public static boolean is(ErrorInfo cause) {
		return cause.code() == ErrorCode.UNAVAILABLE && cause.message().startsWith(MESSAGE);
	}

}
