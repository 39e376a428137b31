package io.adaptive.spring;

import org.jspecify.annotations.Nullable;

/**
 * An annotation of this package stands where it cannot work, or says what cannot be.
 */
public class InvalidDeclarationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String problem;

	private final String action;

	/**
	 * Creates an exception.
	 * @param problem what is wrong, and where: a sentence without its full stop
	 * @param action what to do about it: a sentence without its full stop
	 */
	public InvalidDeclarationException(String problem, String action) {
		this(problem, action, null);
	}

	/**
	 * Creates an exception.
	 * @param problem what is wrong, and where: a sentence without its full stop
	 * @param action what to do about it: a sentence without its full stop
	 * @param cause how that was found out, {@code null} if nothing was thrown
	 */
	public InvalidDeclarationException(String problem, String action, @Nullable Throwable cause) {
		super(problem + ". " + action + ".", cause);
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Returns what is wrong, and where.
	 * @return a sentence without its full stop
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns what to do about it.
	 * @return a sentence without its full stop
	 */
	public String action() {
		return this.action;
	}

}
