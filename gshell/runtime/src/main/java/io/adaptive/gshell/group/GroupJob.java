package io.adaptive.gshell.group;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import io.adaptive.gshell.group.RestartPolicy.Restart;
import io.adaptive.gshell.job.Job;
import io.adaptive.gshell.job.JobEnd;
import io.adaptive.gshell.job.JobEnd.Cause;
import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.JobRecord;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.state.JobFolder;
import io.adaptive.gshell.state.StateException;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.gshell.state.StoredJob.Phase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job of a group, over all its runs: starts, ends, waits for its restart. What it is
 * at comes to the disk before it begins; an end that cannot be written is written later.
 * Thread-safe; no method waits for the job.
 */
final class GroupJob {

	private static final Logger logger = LoggerFactory.getLogger(GroupJob.class);

	private final JobFolder folder;

	private final JobRunner runner;

	private final JobStateWriter writer;

	private final RotatingLog log;

	private final Runnable exited;

	private StoredJob stored;

	/** The current run; empty while the job starts, waits or has ended. */
	private @Nullable Job job;

	private @Nullable Future<?> restart;

	/** Number of the current run: what an earlier one reports is not looked at. */
	private long run;

	private boolean stopping;

	private boolean startAgain;

	private boolean leaving;

	private final CompletableFuture<StoredJob> firstEnd = new CompletableFuture<>();

	private CompletableFuture<@Nullable Void> end = CompletableFuture.completedFuture(null);

	/**
	 * Takes a job that does not run.
	 * @param exited called when it has ended and is not to run again, without its lock
	 */
	GroupJob(JobFolder folder, StoredJob stored, JobRunner runner, Runnable exited) throws IOException {
		this.folder = folder;
		this.stored = stored;
		this.runner = runner;
		this.writer = new JobStateWriter(folder, runner.timers());
		this.log = new RotatingLog(folder.log(), runner.logLimits());
		this.exited = exited;
	}

	String id() {
		return this.folder.id();
	}

	String name() {
		return this.stored.definition().name();
	}

	RotatingLog log() {
		return this.log;
	}

	boolean removeAtEnd() {
		return this.stored.definition().removeAtEnd();
	}

	synchronized StoredJob stored() {
		return this.stored;
	}

	/**
	 * Starts the first run, which is on the disk already.
	 */
	synchronized void begin(JobStreams streams) {
		launch(streams);
	}

	/**
	 * Goes on after the death of the group.
	 */
	synchronized void recover() {
		switch (this.stored.phase()) {
			case RUNNING, BACKOFF -> {
				write(this.stored.started(this.runner.clock().instant(), true));
				launch(outputToLog());
			}
			case STOPPING -> {
				write(this.stored.stoppedAt(this.runner.clock().instant(), JobEnd.STOPPED_STATUS));
				exitedSoon();
			}
			case EXITED -> exitedSoon();
		}
	}

	private void exitedSoon() {
		this.runner.timers().execute(this.exited);
	}

	private JobStreams outputToLog() {
		return LogOutput.streams(this.log);
	}

	/**
	 * Completes with the first end since this process has the job.
	 */
	CompletableFuture<StoredJob> firstEnd() {
		return this.firstEnd;
	}

	/**
	 * Starts a job that has ended.
	 * @return the reason why it cannot be; empty if it starts
	 * @throws StateException if the disk does not take it
	 */
	synchronized String start() {
		if (!status().isExited()) {
			return "job %s (%s) is %s; stop it first".formatted(id(), name(), status().word());
		}
		restarted(false);
		return "";
	}

	private void restarted(boolean afterFailure) {
		StoredJob next = this.stored.started(this.runner.clock().instant(), afterFailure);
		this.writer.write(next);
		this.stored = next;
		launch(outputToLog());
	}

	private void launch(JobStreams streams) {
		long number = ++this.run;
		this.restart = null;
		this.stopping = false;
		this.end = new CompletableFuture<>();
		this.runner.timers().execute(() -> launch(number, streams));
	}

	private void launch(long number, JobStreams streams) {
		if (isCurrent(number)) {
			this.runner.launch(stored(), this.folder, streams, (job) -> accept(number, job),
					(end) -> ended(number, end));
		}
	}

	private synchronized boolean isCurrent(long number) {
		return number == this.run;
	}

	private synchronized boolean accept(long number, Job started) {
		if (number != this.run) {
			return false;
		}
		this.job = started;
		return true;
	}

	private void ended(long number, JobEnd end) {
		boolean over;
		synchronized (this) {
			if (number != this.run) {
				return;
			}
			this.job = null;
			boolean stopped = this.stopping || end.cause() == Cause.STOPPED;
			if (this.leaving && !this.stopping && end.cause() == Cause.STOPPED) {
				// The next process of the group starts it again.
				this.end.complete(null);
				return;
			}
			this.stored = this.stored.ended(end.at(), end.status(), stopped, end.error(), end.leftBehind());
			Optional<Restart> restart = (stopped || end.status() == 0) ? Optional.empty()
					: this.runner.policy(this.stored).after(this.stored.startedAt(), this.stored.failures());
			restart.ifPresent(this::backOff);
			write(this.stored);
			over = restart.isEmpty() && !this.startAgain;
			this.firstEnd.complete(this.stored);
			this.end.complete(null);
			if (this.startAgain) {
				this.startAgain = false;
				startAfterStop();
			}
		}
		if (over) {
			this.exited.run();
		}
	}

	private void startAfterStop() {
		try {
			restarted(false);
		}
		catch (StateException ex) {
			logger.warn("job {} ({}) is not started again: {}", id(), name(), ex.getMessage());
		}
	}

	private void backOff(Restart restart) {
		this.stored = this.stored.backingOff(restart.failures());
		logger.info("job {} ({}) has failed with status {}, restart {} of {} in {}", id(), name(),
				this.stored.exitStatus(), restart.failures(), this.stored.definition().restart().atMost(),
				restart.delay());
		long number = this.run;
		this.restart = this.runner.timers().after(restart.delay(), () -> restartNow(number));
	}

	private synchronized void restartNow(long number) {
		if (number != this.run || this.stored.phase() != Phase.BACKOFF) {
			return;
		}
		write(this.stored.started(this.runner.clock().instant(), true));
		launch(outputToLog());
	}

	/**
	 * Stops the job.
	 * @return completes when it has ended
	 */
	synchronized CompletableFuture<@Nullable Void> stop() {
		Job current = this.job;
		if (current != null) {
			this.stopping = true;
			write(this.stored.in(Phase.STOPPING));
			current.stop();
			return this.end.copy();
		}
		if (this.stored.phase() == Phase.EXITED) {
			return CompletableFuture.completedFuture(null);
		}
		stopBeforeRun();
		return CompletableFuture.completedFuture(null);
	}

	/** In {@code starting} or {@code backoff} nothing of the job runs. */
	private void stopBeforeRun() {
		this.run++;
		Future<?> waiting = this.restart;
		this.restart = null;
		if (waiting != null) {
			waiting.cancel(false);
		}
		write(this.stored.stoppedAt(this.runner.clock().instant(), JobEnd.STOPPED_STATUS));
		this.firstEnd.complete(this.stored);
		this.end.complete(null);
		exitedSoon();
	}

	/**
	 * Stops the job if it runs, and starts it.
	 * @return completes when it has ended, before it starts
	 */
	CompletableFuture<@Nullable Void> restart() {
		synchronized (this) {
			if (this.job != null) {
				this.startAgain = true;
				return stop();
			}
			if (!status().isExited()) {
				stop();
			}
			restarted(false);
			return CompletableFuture.completedFuture(null);
		}
	}

	/**
	 * Ends the run because the process ends; the state says on that it runs.
	 */
	synchronized CompletableFuture<@Nullable Void> leave() {
		this.leaving = true;
		Job current = this.job;
		if (current == null) {
			this.run++;
			return CompletableFuture.completedFuture(null);
		}
		current.stop();
		return this.end.copy();
	}

	/**
	 * Takes the job for ended, as the process ends now.
	 */
	synchronized void abandon(int status) {
		this.run++;
		write(this.stored.ended(this.runner.clock().instant(), status, true, "killed with the process of its group",
				List.of()));
	}

	private void write(StoredJob next) {
		this.stored = next;
		this.writer.writeSoon(next);
	}

	/**
	 * Deletes state and log of a job that has ended.
	 */
	synchronized void remove() {
		this.writer.remove();
		this.run++;
		this.log.close();
	}

	synchronized JobStatus status() {
		Job current = this.job;
		if (current != null) {
			return JobRecords.statusOf(current.state(), this.stopping);
		}
		return JobRecords.statusOf(this.stored);
	}

	JobRecord record() {
		StoredJob current;
		Job running;
		JobStatus status;
		synchronized (this) {
			current = this.stored;
			running = this.job;
			status = status();
		}
		return JobRecords.of(current, status, running);
	}

}
