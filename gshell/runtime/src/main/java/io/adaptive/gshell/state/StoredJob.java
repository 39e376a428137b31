package io.adaptive.gshell.state;

import java.time.Instant;
import java.util.List;

import io.adaptive.gshell.message.group.RestartRule;
import org.jspecify.annotations.Nullable;

/**
 * A job as its file has it.
 *
 * @param definition request of {@code run}
 * @param phase whether it is to run
 * @param startedAt time of the last start
 * @param endedAt time of the last end; {@code null} if it has not ended since
 * @param exitStatus status of the last end; {@code null} if it has not ended since
 * @param stopped whether the last end was a stop
 * @param error text of the exception that ended it
 * @param restarts restarts after failures and after the death of the group
 * @param failures failures in a row, for the pause before the next restart
 * @param leftBehind resources that were open or running at the last end and were shut
 */
public record StoredJob(Definition definition, Phase phase, Instant startedAt, @Nullable Instant endedAt,
		@Nullable Integer exitStatus, boolean stopped, @Nullable String error, int restarts, int failures,
		List<String> leftBehind) {

	/**
	 * Request of {@code run} for a job, which does not change.
	 *
	 * @param id 12 hexadecimal digits
	 * @param name name of the app
	 * @param arguments arguments of {@code main}
	 * @param app path of the app in its repository
	 * @param bundle SHA-256 of the bundle
	 * @param commit commit of the repository
	 * @param requestedBy identity of the user
	 * @param createdAt time of {@code run}
	 * @param restart restarts after failures
	 * @param removeAtEnd whether it is removed when it has ended
	 */
	public record Definition(String id, String name, List<String> arguments, String app, String bundle,
			@Nullable String commit, String requestedBy, Instant createdAt, RestartRule restart, boolean removeAtEnd) {

		public Definition {
			arguments = List.copyOf(arguments);
		}

	}

	/**
	 * Phases, as far as a new process of the group has to know them.
	 */
	public enum Phase {

		/** It starts or runs: a new process starts it again. */
		RUNNING,

		/** It waits for its restart: a new process starts it again. */
		BACKOFF,

		/** It was told to stop, and has not ended: a new process takes it for stopped. */
		STOPPING,

		/** It has ended. */
		EXITED

	}

	public StoredJob {
		leftBehind = List.copyOf(leftBehind);
	}

	/**
	 * A job that starts for the first time.
	 * @param definition request of {@code run}
	 * @return the job, running
	 */
	public static StoredJob first(Definition definition) {
		return new StoredJob(definition, Phase.RUNNING, definition.createdAt(), null, null, false, null, 0, 0,
				List.of());
	}

	/**
	 * The job with another phase.
	 * @param phase the phase
	 * @return the changed copy
	 */
	public StoredJob in(Phase phase) {
		return new StoredJob(this.definition, phase, this.startedAt, this.endedAt, this.exitStatus, this.stopped,
				this.error, this.restarts, this.failures, this.leftBehind);
	}

	/**
	 * The job started again.
	 * @param now time of the start
	 * @param restart whether it counts as a restart
	 * @return the changed copy
	 */
	public StoredJob started(Instant now, boolean restart) {
		return new StoredJob(this.definition, Phase.RUNNING, now, null, null, false, null,
				this.restarts + (restart ? 1 : 0), restart ? this.failures : 0, List.of());
	}

	/**
	 * The job ended.
	 * @param now time of the end
	 * @param status exit status, 0 to 255
	 * @param stopped whether it was stopped
	 * @param error text of the exception
	 * @param leftBehind resources that were open or running and were shut
	 * @return the changed copy
	 */
	public StoredJob ended(Instant now, int status, boolean stopped, @Nullable String error, List<String> leftBehind) {
		return new StoredJob(this.definition, Phase.EXITED, this.startedAt, now, status, stopped, error, this.restarts,
				this.failures, leftBehind);
	}

	/**
	 * The job stopped while nothing of it ran: after a failure the status is that of the
	 * failure.
	 * @param now time of the end
	 * @param usual status without a failure
	 * @return the changed copy
	 */
	public StoredJob stoppedAt(Instant now, int usual) {
		Integer before = this.exitStatus;
		return ended(now, (before != null) ? before : usual, true, this.error, this.leftBehind);
	}

	/**
	 * The job waiting for its restart.
	 * @param failures failures in a row, this one included
	 * @return the changed copy
	 */
	public StoredJob backingOff(int failures) {
		return new StoredJob(this.definition, Phase.BACKOFF, this.startedAt, this.endedAt, this.exitStatus,
				this.stopped, this.error, this.restarts, failures, this.leftBehind);
	}

}
