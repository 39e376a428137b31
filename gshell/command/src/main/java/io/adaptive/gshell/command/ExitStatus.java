package io.adaptive.gshell.command;

/**
 * Exit statuses of {@code gsh}.
 */
public final class ExitStatus {

	/** Done. */
	public static final int OK = 0;

	/** The job or command failed. */
	public static final int FAILED = 1;

	/** The command line is wrong. */
	public static final int USAGE = 2;

	/** There is no such daemon, provider, group or job. */
	public static final int NOT_FOUND = 3;

	/** The user may not do this. */
	public static final int NOT_PERMITTED = 4;

	/** There was no answer in time. */
	public static final int TIMEOUT = 5;

	/** Ctrl-C. */
	public static final int INTERRUPTED = 130;

	private ExitStatus() {
	}

}
