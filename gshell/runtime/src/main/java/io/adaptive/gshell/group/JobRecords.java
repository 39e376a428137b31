package io.adaptive.gshell.group;

import java.time.Instant;
import java.util.List;

import io.adaptive.gshell.job.Job;
import io.adaptive.gshell.job.JobState;
import io.adaptive.gshell.job.JobThread;
import io.adaptive.gshell.job.JobUsage;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.LiveJob;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.gshell.state.StoredJob.Definition;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as users see them.
 */
final class JobRecords {

	private static final int MAX_STACKS = 100;

	private JobRecords() {
	}

	/**
	 * The status of a run.
	 * @param stopping whether it was told to stop
	 */
	static JobStatus statusOf(JobState state, boolean stopping) {
		return switch (state) {
			case STARTING -> JobStatus.STARTING;
			case RUNNING -> stopping ? JobStatus.STOPPING : JobStatus.RUNNING;
			case STOPPING, EXITED -> JobStatus.STOPPING;
			case STUCK -> JobStatus.STUCK;
		};
	}

	/**
	 * The status of a job of which no run is at hand.
	 */
	static JobStatus statusOf(StoredJob stored) {
		return switch (stored.phase()) {
			case RUNNING -> JobStatus.STARTING;
			case BACKOFF -> JobStatus.BACKOFF;
			case STOPPING -> JobStatus.STOPPING;
			case EXITED -> {
				Integer status = stored.exitStatus();
				boolean ok = stored.stopped() || (status != null && status == 0);
				yield ok ? JobStatus.EXITED_OK : JobStatus.EXITED_ERR;
			}
		};
	}

	static JobRecord of(StoredJob stored, JobStatus status, @Nullable Job running) {
		Definition definition = stored.definition();
		Instant ended = stored.endedAt();
		Instant since = (ended != null) ? ended : stored.startedAt();
		return new JobRecord(definition.id(), definition.name(), status, since, definition.arguments(),
				definition.app(), definition.bundle(), definition.commit(), definition.requestedBy(),
				definition.createdAt(), stored.startedAt(), ended, stored.exitStatus(), stored.error(),
				stored.restarts(), definition.restart(), definition.removeAtEnd(), stored.leftBehind(),
				(running != null) ? live(running, status) : null);
	}

	private static LiveJob live(Job job, JobStatus status) {
		JobUsage usage = job.usage();
		List<String> processes = job.processes()
			.stream()
			.map((process) -> "%s %s".formatted(process.pid(), process.info().command().orElse("")))
			.toList();
		List<String> stacks = (status == JobStatus.STUCK)
				? job.threads().stream().limit(MAX_STACKS).map(JobThread::toString).toList() : List.of();
		List<String> sharedTypes = (job.parent() instanceof JobNodes nodes) ? nodes.sharedTypes() : List.of();
		return new LiveJob(usage.threads(), usage.cpu(), usage.allocatedBytes(), processes, stacks, sharedTypes);
	}

}
