package io.adaptive.gshell.code;

import org.jspecify.annotations.Nullable;

/**
 * Code that cannot be taken, compiled or kept. The message is meant for the person who
 * asked for it: the file or folder, the cause, the next step.
 */
public class CodeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message file or folder, cause and next step
	 */
	public CodeException(String message) {
		super(message);
	}

	/**
	 * Makes the exception.
	 * @param message file or folder, cause and next step
	 * @param cause the failure below
	 */
	public CodeException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
