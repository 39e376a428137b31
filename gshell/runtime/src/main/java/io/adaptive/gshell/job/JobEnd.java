package io.adaptive.gshell.job;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * End of a job.
 *
 * @param status exit status, 0 to 255
 * @param cause the first event that ended it
 * @param error the first 4 KB of the stack trace of the exception out of {@code main}
 * @param at when nothing of it ran any more
 * @param leftBehind resources that it had left open or running and that were shut; at
 * most 100 lines
 */
public record JobEnd(int status, Cause cause, @Nullable String error, Instant at, List<String> leftBehind) {

	/** Status of a job that was stopped, as of a process that SIGTERM has ended. */
	public static final int STOPPED_STATUS = 143;

	public JobEnd {
		leftBehind = List.copyOf(leftBehind);
	}

	/**
	 * Events that end a job.
	 */
	public enum Cause {

		/** {@code main} has returned and the last thread that is no daemon has ended. */
		RETURNED,

		/** An exception out of {@code main}; the status is 1. */
		FAILED,

		/** A call of {@code exit} or {@code halt}. */
		EXITED,

		/** {@link Job#stop()}; the status is {@value JobEnd#STOPPED_STATUS}. */
		STOPPED

	}

}
