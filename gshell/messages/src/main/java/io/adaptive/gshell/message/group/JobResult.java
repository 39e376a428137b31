package io.adaptive.gshell.message.group;

import io.adaptive.annotation.Message;
import org.jspecify.annotations.Nullable;

/**
 * Result of a command for one job.
 *
 * @param reference reference in the request
 * @param id id of the job; {@code null} if there is none, or several
 * @param outcome kind of the outcome
 * @param text cause and next step; empty if done
 */
@Message("gshell.group.JobResult")
public record JobResult(String reference, @Nullable String id, Outcome outcome, String text) {

	/**
	 * Outcomes.
	 */
	public enum Outcome {

		/** Done. */
		DONE,

		/** No job fits. */
		NOT_FOUND,

		/** Several jobs fit. */
		AMBIGUOUS,

		/** The job is not in a state for it. */
		WRONG_STATE,

		/** It was tried and has failed. */
		FAILED

	}

}
