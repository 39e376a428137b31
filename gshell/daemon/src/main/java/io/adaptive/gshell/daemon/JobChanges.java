package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.adaptive.gshell.daemon.JobReferences.Found;
import io.adaptive.gshell.message.ChangeJobs;
import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;
import io.adaptive.gshell.message.group.RemoveJobs;
import io.adaptive.gshell.message.group.RestartJobs;
import io.adaptive.gshell.message.group.StartJobs;
import io.adaptive.gshell.message.group.StopJobs;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stops, starts, restarts and removes jobs in all groups.
 */
@Component
class JobChanges {

	/** A job is stuck at the latest after the steps of its end. */
	private static final Duration PATIENCE = Duration.ofSeconds(50);

	private final RuntimeGroups groups;

	private final JobSearch search;

	JobChanges(RuntimeGroups groups, JobSearch search) {
		this.groups = groups;
		this.search = search;
	}

	/**
	 * Changes jobs, those of different groups at the same time.
	 */
	JobResults apply(ChangeJobs request) {
		JobListing all = this.search.all(request.group(), request.references());
		JobReferences jobs = new JobReferences(all.jobs());
		List<Found> found = request.references().stream().distinct().map(jobs::find).toList();
		Map<String, List<String>> idsByGroup = new LinkedHashMap<>();
		found.stream()
			.filter(Found::isOne)
			.map(Found::job)
			.forEach(
					(job) -> idsByGroup.computeIfAbsent(fullName(job), (key) -> new ArrayList<>()).add(job.job().id()));
		Map<String, CompletableFuture<JobResults>> answers = new LinkedHashMap<>();
		idsByGroup.forEach(
				(group, ids) -> answers.put(group, ask(group, message(request, ids.stream().distinct().toList()))));
		Map<String, JobResult> results = new HashMap<>();
		answers.forEach((group, answer) -> collect(group, idsByGroup.get(group), answer, results));
		return new JobResults(found.stream().map((each) -> result(each, results, missing(all))).toList());
	}

	private static String fullName(JobInGroup job) {
		return job.group() + "-" + job.version();
	}

	private static Object message(ChangeJobs request, List<String> ids) {
		return switch (request.change()) {
			case STOP -> new StopJobs(ids);
			case START -> new StartJobs(ids);
			case RESTART -> new RestartJobs(ids);
			case REMOVE -> new RemoveJobs(ids, request.force());
		};
	}

	private CompletableFuture<JobResults> ask(String group, Object message) {
		return this.groups.find(group)
			.map((running) -> this.groups.ask(running, message, JobResults.class, PATIENCE))
			.orElseGet(
					() -> CompletableFuture.failedFuture(new AdaptiveException(ErrorCode.UNAVAILABLE, "it has ended")));
	}

	private static void collect(String group, @Nullable List<String> ids, CompletableFuture<JobResults> answer,
			Map<String, JobResult> results) {
		try {
			answer.join().results().forEach((result) -> results.put(result.reference(), result));
		}
		catch (CompletionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			String why = (cause instanceof TimeoutException) ? "it has not answered within 50 s"
					: String.valueOf(cause.getMessage());
			if (ids != null) {
				ids.forEach((id) -> results.put(id,
						new JobResult(id, id, Outcome.FAILED,
								"The group %s of the job %s has failed: %s; see: gsh log %s".formatted(group, id, why,
										group))));
			}
		}
	}

	/** What is to be said of groups whose jobs are not known. */
	private static String missing(JobListing all) {
		String silent = all.silentGroups().isEmpty() ? ""
				: "; these groups have not answered: " + String.join(", ", all.silentGroups());
		return silent + all.problems().stream().map((line) -> "; " + line).collect(Collectors.joining());
	}

	private static JobResult result(Found found, Map<String, JobResult> results, String missing) {
		if (!found.isOne()) {
			return new JobResult(found.reference(), null, found.outcome(), found.problem() + missing);
		}
		String id = found.job().job().id();
		JobResult result = results.get(id);
		return (result != null) ? result
				: new JobResult(found.reference(), id, Outcome.FAILED, "The job %s is gone; see: gsh ps".formatted(id));
	}

}
