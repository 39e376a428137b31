package io.adaptive.gshell.command;

/**
 * Ends a command with a line for the user.
 */
final class CommandException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	/**
	 * Makes an exception.
	 * @param status exit status
	 * @param message cause and next step
	 */
	CommandException(int status, String message) {
		super(message);
		this.status = status;
	}

	int status() {
		return this.status;
	}

}
