package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.adaptive.gshell.daemon.GroupAnswers.Answer;
import io.adaptive.gshell.daemon.GroupAnswers.Question;
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

	/** A group that has just started, on a busy machine. */
	private static final Duration MORE_PATIENCE = Duration.ofSeconds(10);

	private static final Comparator<JobInGroup> NEWEST_FIRST = Comparator
		.comparing((JobInGroup each) -> each.job().createdAt())
		.reversed();

	private final RuntimeGroups groups;

	private final GroupRegister register;

	private final AnswerPatience patience;

	JobSearch(RuntimeGroups groups, GroupRegister register, AnswerPatience patience) {
		this.groups = groups;
		this.register = register;
		this.patience = patience;
	}

	/**
	 * Finds jobs; without references all of the groups that answer in time, and problems
	 * with the others and with state that cannot be read.
	 */
	JobListing find(FindJobs request) {
		JobListing all = all(request.group(), request.references());
		if (!request.references().isEmpty()) {
			return select(all, request.references());
		}
		List<String> problems = new ArrayList<>(all.problems());
		if (request.group() == null) {
			problems.addAll(this.register.problems(this.groups.all()));
		}
		return new JobListing(all.jobs(), all.silentGroups(), List.copyOf(problems));
	}

	/**
	 * Asks the groups at the same time. For a reference that no job of those fits which
	 * have answered in time, the other groups are waited for.
	 * @return the jobs, with a line for each group that has failed
	 */
	JobListing all(@Nullable String group, List<String> references) {
		List<Question<JobList>> questions = groups(group).stream().map(this::ask).toList();
		JobListing soon = answers(questions, this.patience.now());
		boolean enough = soon.silentGroups().isEmpty() || select(soon, references).problems().isEmpty();
		return enough ? soon : answers(questions, MORE_PATIENCE);
	}

	private static JobListing select(JobListing all, List<String> references) {
		JobReferences jobs = new JobReferences(all.jobs());
		List<Found> found = references.stream().distinct().map(jobs::find).toList();
		List<String> problems = new ArrayList<>();
		found.stream().filter((each) -> !each.isOne()).map(Found::problem).forEach(problems::add);
		if (!problems.isEmpty()) {
			problems.addAll(all.problems());
		}
		return new JobListing(found.stream().filter(Found::isOne).map(Found::job).toList(), all.silentGroups(),
				List.copyOf(problems));
	}

	private Question<JobList> ask(RunningGroup group) {
		return new Question<>(group,
				this.groups.ask(group, new ListJobs(List.of()), JobList.class, MORE_PATIENCE.plus(MORE_PATIENCE)));
	}

	private static JobListing answers(List<Question<JobList>> questions, Duration patience) {
		GroupAnswers<JobList> answers = GroupAnswers.await(questions, patience);
		List<JobInGroup> jobs = new ArrayList<>();
		for (Answer<JobList> each : answers.answers()) {
			JobList list = each.value();
			list.jobs().forEach((job) -> jobs.add(new JobInGroup(list.group(), list.version(), job)));
		}
		jobs.sort(NEWEST_FIRST);
		return new JobListing(List.copyOf(jobs), List.copyOf(answers.silent()), List.copyOf(answers.failures()));
	}

	private List<RunningGroup> groups(@Nullable String group) {
		List<RunningGroup> running = this.groups.all();
		if (group == null) {
			return running;
		}
		String name = this.register.names(running).existing(group);
		return running.stream().filter((each) -> each.fullName().equals(name)).toList();
	}

}
