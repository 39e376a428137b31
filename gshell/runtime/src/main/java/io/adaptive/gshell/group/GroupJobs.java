package io.adaptive.gshell.group;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.adaptive.gshell.code.CodeBundle;
import io.adaptive.gshell.code.Reasons;
import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.RestartRule;
import io.adaptive.gshell.message.group.RunJob;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.gshell.state.JobFolder;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.gshell.state.StoredJob.Definition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a group. Thread-safe.
 */
final class GroupJobs {

	private static final Logger logger = LoggerFactory.getLogger(GroupJobs.class);

	private static final int ID_BYTES = 6;

	/** The group ends with its last job: the last words must reach the client before. */
	private static final long SERVED_SECONDS = 10;

	private final GroupFolder folder;

	private final JobRunner runner;

	private final Runnable empty;

	private final Map<String, GroupJob> jobs = new ConcurrentHashMap<>();

	/** Lines for the user about state that cannot be read. */
	private final List<String> problems = new ArrayList<>();

	/** Runs that are under way, and have no job yet. */
	private int beginning;

	private boolean ending;

	/**
	 * Makes the jobs of a group, of which there are none.
	 * @param empty called when the last job is gone, once, and no run is accepted any
	 * more
	 */
	GroupJobs(GroupFolder folder, JobRunner runner, Runnable empty) {
		this.folder = folder;
		this.runner = runner;
		this.empty = empty;
	}

	/**
	 * Reads the jobs of the process before, and starts those that ran.
	 */
	void recover() {
		this.folder.deleteLeftovers();
		for (JobFolder each : this.folder.list()) {
			try {
				GroupJob job = newJob(each, each.read(), CompletableFuture.completedFuture(null));
				this.jobs.put(job.id(), job);
			}
			catch (StateException | IOException ex) {
				logger.error("a job cannot be read: {}", ex.getMessage());
				this.problems.add(String.valueOf(ex.getMessage()));
			}
		}
		this.jobs.values().forEach(GroupJob::recover);
	}

	private GroupJob newJob(JobFolder folder, StoredJob stored, CompletableFuture<?> served) throws IOException {
		return new GroupJob(folder, stored, this.runner,
				() -> served.<Object>thenApply((none) -> none)
					.completeOnTimeout(null, SERVED_SECONDS, TimeUnit.SECONDS)
					.whenCompleteAsync((none, failure) -> exited(folder.id()), this.runner.timers()::execute));
	}

	private void exited(String id) {
		GroupJob job = this.jobs.get(id);
		if (job != null && job.removeAtEnd()) {
			remove(job);
		}
	}

	/**
	 * Lines about state that cannot be read.
	 */
	List<String> problems() {
		return List.copyOf(this.problems);
	}

	/**
	 * Runs an app as a new job.
	 * @param streams makes its streams; the log is that of the job
	 * @throws io.adaptive.gshell.code.CodeException if its code is refused; there is no
	 * job then
	 * @throws StateException if the disk does not take it; there is no job then
	 * @throws GroupEndingException if the group ends
	 */
	GroupJob run(RunJob run, CodeBundle bundle, RestartRule restart, Function<RotatingLog, JobStreams> streams) {
		return run(run, bundle, restart, streams, CompletableFuture.completedFuture(null));
	}

	/**
	 * Runs an app as a new job for a client at its streams.
	 * @param served completes when the client has all of the output and the end; until
	 * then, and for 10 s at most after its end, the job is not removed
	 */
	GroupJob run(RunJob run, CodeBundle bundle, RestartRule restart, Function<RotatingLog, JobStreams> streams,
			CompletableFuture<?> served) {
		begin();
		try {
			this.runner.compiler().compile(bundle);
			String id = newId();
			StoredJob stored = StoredJob
				.first(new Definition(id, run.name(), run.arguments(), bundle.app(), bundle.checksum(), run.commit(),
						run.requestedBy(), this.runner.clock().instant(), restart, run.removeAtEnd()));
			GroupJob job = newJob(this.folder.create(stored, bundle), stored, served);
			this.jobs.put(id, job);
			job.begin(streams.apply(job.log()));
			return job;
		}
		catch (IOException ex) {
			throw new StateException("The job cannot be kept: %s".formatted(Reasons.of(ex)), ex);
		}
		finally {
			begun();
		}
	}

	/**
	 * Lines for the user about a bundle that is to be run.
	 * @throws io.adaptive.gshell.code.CodeException if an artifact cannot be had
	 */
	List<String> notes(CodeBundle bundle) {
		return this.runner.compiler().artifacts(bundle).notes();
	}

	private synchronized void begin() {
		if (this.ending) {
			throw new GroupEndingException();
		}
		this.beginning++;
	}

	private void begun() {
		synchronized (this) {
			this.beginning--;
		}
		endIfEmpty();
	}

	private String newId() {
		byte[] bytes = new byte[ID_BYTES];
		String id;
		do {
			this.runner.random().nextBytes(bytes);
			id = HexFormat.of().formatHex(bytes);
		}
		while (this.jobs.containsKey(id));
		return id;
	}

	/**
	 * Finds a job by its id, the beginning of one, or its name.
	 */
	JobReference find(String reference) {
		return JobReference.of(reference, this.jobs.values());
	}

	/**
	 * Removes a job that has ended, with its log and state.
	 * @throws StateException if it cannot be removed; then it is as it was
	 */
	void remove(GroupJob job) {
		job.remove();
		this.jobs.remove(job.id());
		endIfEmpty();
	}

	/**
	 * Ends the group if it has no job.
	 */
	void endIfEmpty() {
		synchronized (this) {
			if (this.ending || this.beginning > 0 || !this.jobs.isEmpty() || !this.problems.isEmpty()) {
				return;
			}
			this.ending = true;
		}
		this.empty.run();
	}

	/**
	 * Accepts no run any more.
	 * @return whether it did until now
	 */
	synchronized boolean end() {
		boolean first = !this.ending;
		this.ending = true;
		return first;
	}

	List<GroupJob> all() {
		return List.copyOf(this.jobs.values());
	}

	/**
	 * The jobs, newest first.
	 */
	List<JobRecord> records() {
		return this.jobs.values()
			.stream()
			.map(GroupJob::record)
			.sorted(Comparator.comparing(JobRecord::createdAt).reversed().thenComparing(JobRecord::id))
			.toList();
	}

}
