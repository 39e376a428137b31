package io.adaptive.gshell.group;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.adaptive.gshell.message.group.GroupInfo;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.KillAnswer;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group as a whole: its numbers and its end.
 */
final class GroupLife {

	private static final Logger logger = LoggerFactory.getLogger(GroupLife.class);

	/** For jobs that are ended by force, and for the answer to reach the client. */
	private static final Duration POLITE = Duration.ofSeconds(3);

	private static final Duration ANSWER = Duration.ofMillis(200);

	private static final int KILLED = 137;

	private final GroupFolder folder;

	private final StoredGroup stored;

	private final GroupJobs jobs;

	private final Timers timers;

	private final Instant startedAt;

	private final CompletableFuture<Runnable> end = new CompletableFuture<>();

	GroupLife(GroupFolder folder, StoredGroup stored, GroupJobs jobs, Timers timers, Instant startedAt) {
		this.folder = folder;
		this.stored = stored;
		this.jobs = jobs;
		this.timers = timers;
		this.startedAt = startedAt;
	}

	/**
	 * Completes when the group has been removed, and its process is to end.
	 * @return deletes what is left of its folder
	 */
	CompletableFuture<Runnable> end() {
		return this.end;
	}

	/**
	 * Ends the group, of which the jobs have ended or are abandoned: from now on there is
	 * no such group.
	 */
	void finish() {
		try {
			this.end.complete(this.folder.remove());
		}
		catch (StateException ex) {
			logger.error("the group has ended and its folder is left: {}", ex.getMessage());
			this.end.complete(() -> {
			});
		}
	}

	CompletableFuture<KillAnswer> kill(boolean force) {
		List<GroupJob> running = this.jobs.all().stream().filter((job) -> !job.status().isExited()).toList();
		if (!force && !running.isEmpty()) {
			return CompletableFuture
				.completedFuture(new KillAnswer(false, running.stream().map(GroupJob::id).sorted().toList()));
		}
		if (!this.jobs.end()) {
			return CompletableFuture.completedFuture(new KillAnswer(true, List.of()));
		}
		return leave(running).thenApply((left) -> {
			finish();
			return new KillAnswer(true, List.of());
		});
	}

	/**
	 * Ends runs without changing what is on the disk, and gives up after 3 seconds.
	 * @return completes with whether all have ended
	 */
	static CompletableFuture<Boolean> leave(List<GroupJob> jobs) {
		CompletableFuture<?>[] ends = jobs.stream().map(GroupJob::leave).toArray(CompletableFuture[]::new);
		return CompletableFuture.allOf(ends)
			.thenApply((all) -> true)
			.completeOnTimeout(false, POLITE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Ends a job with the process.
	 */
	JobResult killJob(String reference) {
		JobReference found = this.jobs.find(reference);
		if (found.jobs().size() != 1) {
			Outcome outcome = found.jobs().isEmpty() ? Outcome.NOT_FOUND : Outcome.AMBIGUOUS;
			return new JobResult(reference, null, outcome, found.problem());
		}
		GroupJob job = found.jobs().get(0);
		if (job.status().isExited()) {
			return new JobResult(reference, job.id(), Outcome.WRONG_STATE,
					"job %s (%s) has ended already".formatted(job.id(), job.name()));
		}
		job.abandon(KILLED);
		logger.warn("the process ends because job {} ({}) is killed", job.id(), job.name());
		this.timers.after(ANSWER, () -> Runtime.getRuntime().halt(KILLED));
		return new JobResult(reference, job.id(), Outcome.DONE, "");
	}

	GroupInfo describe() {
		List<String> notes = new ArrayList<>(this.stored.notes());
		notes.addAll(this.jobs.problems());
		List<GroupJob> all = this.jobs.all();
		int running = (int) all.stream().filter((job) -> !job.status().isExited()).count();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		return new GroupInfo(this.stored.name(), this.stored.version(), ProcessHandle.current().pid(), this.startedAt,
				this.stored.starts(), this.stored.limits(), notes, System.getProperty("java.runtime.version", ""),
				all.size(), running, heap, residentBytes(), this.folder.log().toString());
	}

	private static long residentBytes() {
		try {
			return Files.readAllLines(Path.of("/proc/self/status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(-1);
		}
		catch (IOException ex) {
			return -1;
		}
	}

}
