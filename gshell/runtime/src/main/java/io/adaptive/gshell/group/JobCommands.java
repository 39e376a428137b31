package io.adaptive.gshell.group;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.adaptive.gshell.job.JobTimeouts;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.state.StateException;
import org.jspecify.annotations.Nullable;

/**
 * Commands for some jobs, which answer when they have been carried out for all of them.
 */
final class JobCommands {

	/** A job that is not gone so long after the bounds of its end is stuck. */
	private static final Duration GRACE = Duration.ofSeconds(2);

	private final GroupJobs jobs;

	private final Duration bound;

	JobCommands(GroupJobs jobs, JobTimeouts timeouts) {
		this.jobs = jobs;
		this.bound = timeouts.hooks().plus(timeouts.interrupts()).plus(timeouts.check()).plus(GRACE);
	}

	CompletableFuture<JobResults> stop(List<String> references) {
		return forEach(references, this::stop);
	}

	CompletableFuture<JobResults> start(List<String> references) {
		return forEach(references, (job) -> CompletableFuture.completedFuture(start(job)));
	}

	CompletableFuture<JobResults> restart(List<String> references) {
		return forEach(references, (job) -> ended(job, job.restart()));
	}

	CompletableFuture<JobResults> remove(List<String> references, boolean force) {
		return forEach(references, (job) -> {
			if (force && !job.status().isExited()) {
				return ended(job, job.stop())
					.thenApply((stopped) -> (stopped.outcome() == Outcome.DONE) ? remove(job) : stopped);
			}
			return CompletableFuture.completedFuture(remove(job));
		});
	}

	private CompletableFuture<Result> stop(GroupJob job) {
		if (job.status().isExited()) {
			return CompletableFuture.completedFuture(
					wrongState("job %s (%s) has ended already: %s".formatted(job.id(), job.name(), word(job))));
		}
		return ended(job, job.stop());
	}

	private CompletableFuture<Result> ended(GroupJob job, CompletableFuture<@Nullable Void> end) {
		return end.thenApply((ended) -> Result.DONE)
			.completeOnTimeout(
					new Result(Outcome.FAILED, "job %s (%s) is %s; see its stack in its record, end its group by force"
						.formatted(job.id(), job.name(), JobStatus.STUCK.word())),
					this.bound.toNanos(), TimeUnit.NANOSECONDS);
	}

	private static Result start(GroupJob job) {
		String problem = job.start();
		return problem.isEmpty() ? Result.DONE : wrongState(problem);
	}

	private Result remove(GroupJob job) {
		if (!job.status().isExited()) {
			return wrongState("job %s (%s) is %s; stop it first, or remove it by force".formatted(job.id(), job.name(),
					word(job)));
		}
		try {
			this.jobs.remove(job);
			return Result.DONE;
		}
		catch (StateException ex) {
			return new Result(Outcome.FAILED, String.valueOf(ex.getMessage()));
		}
	}

	private static String word(GroupJob job) {
		return job.status().word();
	}

	private static Result wrongState(String text) {
		return new Result(Outcome.WRONG_STATE, text);
	}

	private CompletableFuture<JobResults> forEach(List<String> references,
			Function<GroupJob, CompletableFuture<Result>> command) {
		List<CompletableFuture<JobResult>> results = references.stream()
			.map((reference) -> one(reference, command))
			.toList();
		return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
			.thenApply((all) -> new JobResults(results.stream().map(CompletableFuture::join).toList()));
	}

	private CompletableFuture<JobResult> one(String reference, Function<GroupJob, CompletableFuture<Result>> command) {
		JobReference found = this.jobs.find(reference);
		if (found.jobs().size() != 1) {
			Outcome outcome = found.jobs().isEmpty() ? Outcome.NOT_FOUND : Outcome.AMBIGUOUS;
			return CompletableFuture.completedFuture(new JobResult(reference, null, outcome, found.problem()));
		}
		GroupJob job = found.jobs().get(0);
		try {
			return command.apply(job)
				.thenApply((result) -> new JobResult(reference, job.id(), result.outcome(), result.text()));
		}
		catch (StateException ex) {
			return CompletableFuture
				.completedFuture(new JobResult(reference, job.id(), Outcome.FAILED, String.valueOf(ex.getMessage())));
		}
	}

	private record Result(Outcome outcome, String text) {

		static final Result DONE = new Result(Outcome.DONE, "");

	}

}
