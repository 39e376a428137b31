package io.adaptive.spring;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an annotation of this package is misplaced or has invalid attributes.
 */
public class InvalidDeclarationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String problem;

	private final String action;

	/**
	 * Creates an exception.
	 * @param problem the problem and its place, a sentence without a full stop
	 * @param action the remedy, a sentence without a full stop
	 */
	public InvalidDeclarationException(String problem, String action) {
		this(problem, action, null);
	}

	/**
	 * Creates an exception.
	 * @param problem the problem and its place, a sentence without a full stop
	 * @param action the remedy, a sentence without a full stop
	 * @param cause the cause, {@code null} for none
	 */
	public InvalidDeclarationException(String problem, String action, @Nullable Throwable cause) {
		super(problem + ". " + action + ".", cause);
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Returns the problem and its place.
	 * @return a sentence without a full stop
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns the remedy.
	 * @return a sentence without a full stop
	 */
	public String action() {
		return this.action;
	}

}
