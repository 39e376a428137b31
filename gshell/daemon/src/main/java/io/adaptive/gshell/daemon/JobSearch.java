package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.gshell.daemon.JobReferences.Found;
import io.adaptive.gshell.message.FindJobs;
import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.group.JobList;
import io.adaptive.gshell.message.group.ListJobs;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Jobs of all groups.
 */
@Component
class JobSearch {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	/** A group that has just started, on a busy machine. */
	private static final Duration MORE_PATIENCE = Duration.ofSeconds(10);

	private static final Comparator<JobInGroup> NEWEST_FIRST = Comparator
		.comparing((JobInGroup each) -> each.job().createdAt())
		.reversed();

	private final RuntimeGroups groups;

	private final GroupRegister register;

	JobSearch(RuntimeGroups groups, GroupRegister register) {
		this.groups = groups;
		this.register = register;
	}

	/**
	 * Finds jobs; without references all of the groups that answer within a second, and
	 * groups whose state cannot be read.
	 */
	JobListing find(FindJobs request) {
		JobListing all = all(request.group(), request.references());
		if (!request.references().isEmpty()) {
			return select(all, request.references());
		}
		List<String> problems = (request.group() == null) ? this.register.problems(this.groups.all()) : List.of();
		return new JobListing(all.jobs(), all.silentGroups(), problems);
	}

	/**
	 * Asks the groups at the same time, for a second. For a reference that no job of
	 * those fits, the other groups are waited for.
	 */
	JobListing all(@Nullable String group, List<String> references) {
		List<Question> questions = groups(group).stream().map(this::ask).toList();
		JobListing soon = answers(questions, PATIENCE);
		boolean enough = soon.silentGroups().isEmpty() || select(soon, references).problems().isEmpty();
		return enough ? soon : answers(questions, MORE_PATIENCE);
	}

	private static JobListing select(JobListing all, List<String> references) {
		JobReferences jobs = new JobReferences(all.jobs());
		List<Found> found = references.stream().distinct().map(jobs::find).toList();
		return new JobListing(found.stream().filter(Found::isOne).map(Found::job).toList(), all.silentGroups(),
				found.stream().filter((each) -> !each.isOne()).map(Found::problem).toList());
	}

	private Question ask(RunningGroup group) {
		return new Question(group,
				this.groups.ask(group, new ListJobs(List.of()), JobList.class, PATIENCE.plus(MORE_PATIENCE)));
	}

	private static JobListing answers(List<Question> questions, Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		List<JobInGroup> jobs = new ArrayList<>();
		List<String> silent = new ArrayList<>();
		for (Question each : questions) {
			JobList list = each.answer(end - System.nanoTime());
			if (list == null) {
				silent.add(each.group().fullName());
			}
			else {
				list.jobs().forEach((job) -> jobs.add(new JobInGroup(list.group(), list.version(), job)));
			}
		}
		jobs.sort(NEWEST_FIRST);
		return new JobListing(List.copyOf(jobs), List.copyOf(silent), List.of());
	}

	private List<RunningGroup> groups(@Nullable String group) {
		List<RunningGroup> running = this.groups.all();
		if (group == null) {
			return running;
		}
		String name = this.register.names(running).existing(group);
		return running.stream().filter((each) -> each.fullName().equals(name)).toList();
	}

	/**
	 * A group that was asked.
	 */
	private record Question(RunningGroup group, CompletableFuture<JobList> future) {

		/**
		 * The answer, if it comes in time.
		 */
		@Nullable JobList answer(long nanos) {
			try {
				return this.future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
			}
			catch (ExecutionException | TimeoutException ex) {
				return null;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
		}

	}

}
