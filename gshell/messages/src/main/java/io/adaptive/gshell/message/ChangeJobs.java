package io.adaptive.gshell.message;

import java.util.List;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Stops, starts, restarts or removes jobs. Answered by
 * {@link io.adaptive.gshell.message.group.JobResults} in the order of the references.
 *
 * @param change the change
 * @param group name of the group, with or without version; {@code null} for all groups
 * @param references the jobs
 * @param force whether jobs that run are stopped before they are removed
 */
@Message("gshell.ChangeJobs")
public record ChangeJobs(Change change, @Nullable String group, List<String> references, boolean force) {

	/**
	 * Changes of jobs.
	 */
	public enum Change {

		/** Ends a job; it stays. */
		STOP,

		/** Starts a job that has ended. */
		START,

		/** Stops a job if it runs, and starts it. */
		RESTART,

		/** Removes a job that has ended, with log and state. */
		REMOVE

	}

}
