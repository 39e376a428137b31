package io.adaptive.gshell.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One run of an app. All methods may be called on any thread, and return at once.
 */
public final class Job {

	private final JobSettings settings;

	private final JobRun run;

	private final Instant startedAt;

	private Job(JobSettings settings) {
		this.settings = settings;
		this.startedAt = settings.clock().instant();
		this.run = new JobRun(settings);
	}

	/**
	 * Starts a job. What is wrong with its code ends the job with status 1.
	 * @param code the compiled code
	 * @param settings arguments, streams and the like
	 * @return the job, which is starting
	 * @throws IllegalArgumentException if the code has a class in a package of the
	 * platform
	 */
	public static Job start(JobCode code, JobSettings settings) {
		Job job = new Job(settings);
		job.run.start(code);
		return job;
	}

	/**
	 * The id it was started with.
	 */
	public String id() {
		return this.settings.id();
	}

	/**
	 * The name it was started with.
	 */
	public String name() {
		return this.settings.name();
	}

	/**
	 * The loader of the classes that it shares, as it was started with.
	 */
	public ClassLoader parent() {
		return this.settings.parent();
	}

	/**
	 * When it was started.
	 */
	public Instant startedAt() {
		return this.startedAt;
	}

	/**
	 * The state at the moment.
	 */
	public JobState state() {
		return this.run.state();
	}

	/**
	 * Stops the job: shutdown hooks, then interrupts, then the woven check; each step
	 * ends after its time-out at the latest. Without effect if the job is ending already.
	 */
	public void stop() {
		this.run.stop();
	}

	/**
	 * The end; empty as long as something of it runs.
	 */
	public Optional<JobEnd> end() {
		return Optional.ofNullable(this.run.ended().getNow(null));
	}

	/**
	 * Completes when nothing of the job runs any more; never while it is stuck. Dependent
	 * stages run on the supervisor of the job. Each call returns a future of its own.
	 */
	public CompletableFuture<JobEnd> ended() {
		return this.run.ended().copy();
	}

	/**
	 * The threads of the job that live, with their stacks. Of a stuck job also those of
	 * the JVM that run its code.
	 */
	public List<JobThread> threads() {
		return this.run.threads();
	}

	/**
	 * Resources used by the living threads of the job.
	 */
	public JobUsage usage() {
		return this.run.usage();
	}

	/**
	 * The child processes of the job that live, and theirs.
	 */
	public List<ProcessHandle> processes() {
		return this.run.processes();
	}

}
