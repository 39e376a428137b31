package io.adaptive.gshell.command;

/**
 * The daemon cannot start.
 */
public final class DaemonRefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	/**
	 * Makes an exception.
	 * @param status exit status, one of {@link ExitStatus}
	 * @param message cause and next step
	 */
	public DaemonRefusedException(int status, String message) {
		super(message);
		this.status = status;
	}

	/**
	 * Returns the exit status.
	 * @return the status
	 */
	public int status() {
		return this.status;
	}

}
