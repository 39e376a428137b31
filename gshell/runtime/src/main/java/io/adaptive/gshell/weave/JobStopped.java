package io.adaptive.gshell.weave;

/**
 * Ends the code of a job that is stopped. Thrown by the woven check again at each
 * exception handler, so that no {@code catch} keeps it. The one instance has no stack
 * trace, no cause and no suppressed exceptions; it is thrown also where the stack is
 * full.
 */
public final class JobStopped extends Error {

	private static final long serialVersionUID = 1L;

	/** The only instance. */
	@SuppressWarnings("StaticAssignmentOfThrowable")
	public static final JobStopped INSTANCE = new JobStopped();

	private JobStopped() {
		super("The job has been stopped", null, false, false);
	}

}
