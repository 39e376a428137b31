package io.adaptive.gshell.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * A group that cannot be had. The message has the cause and the next step.
 */
public class GroupException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Kinds of causes.
	 */
	public enum Kind {

		/** The group runs with other limits. */
		LIMITS,

		/** Its process ends before it is published. */
		CANNOT_START,

		/** There is no such group. */
		NOT_FOUND

	}

	private final Kind kind;

	/**
	 * Makes the exception.
	 * @param kind kind of the cause
	 * @param message cause and next step
	 * @param cause the failure below
	 */
	public GroupException(Kind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/**
	 * Returns the kind of the cause.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

}
