package io.adaptive.gshell.job;

import java.util.Locale;

/**
 * States of a job, in the order in which it has them; {@link #STUCK} is the exception.
 */
public enum JobState {

	/** Its main class is loaded. */
	STARTING,

	/** Its {@code main} has been called, or threads of its own go on. */
	RUNNING,

	/** It ends: hooks run, threads and child processes are told to end. */
	STOPPING,

	/** Threads or child processes of its own have survived everything. */
	STUCK,

	/** Nothing of it runs. */
	EXITED;

	/**
	 * The state as users read it: in lower case.
	 */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
