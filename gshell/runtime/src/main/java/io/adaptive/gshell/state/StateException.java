package io.adaptive.gshell.state;

import org.jspecify.annotations.Nullable;

/**
 * State that cannot be read or written. The message has the file, the cause and the next
 * step.
 */
public class StateException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message file, cause and next step
	 */
	public StateException(String message) {
		super(message);
	}

	/**
	 * Makes the exception.
	 * @param message file, cause and next step
	 * @param cause the failure below
	 */
	public StateException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
