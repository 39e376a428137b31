package io.adaptive.gshell.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.gshell.message.FindJobs;
import io.adaptive.gshell.message.GroupsKilled;
import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.KillGroups;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobStatus;
import io.adaptive.gshell.message.group.KillAnswer;
import io.adaptive.gshell.message.group.KillGroup;
import io.adaptive.gshell.message.group.KillJob;
import io.adaptive.gshell.state.GroupFolder;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import org.springframework.stereotype.Component;

/**
 * Ends groups, and jobs that are stuck.
 */
@Component
class GroupKiller {

	/** A group that is told to end by force needs 3 s. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final RuntimeGroups groups;

	private final GroupRegister register;

	private final JobSearch search;

	GroupKiller(RuntimeGroups groups, GroupRegister register, JobSearch search) {
		this.groups = groups;
		this.register = register;
		this.search = search;
	}

	GroupsKilled kill(KillGroups request) {
		GroupNames names = this.register.names(this.groups.all());
		Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		Set<String> matching = new LinkedHashSet<>();
		for (String pattern : request.patterns()) {
			List<String> found = names.matching(pattern);
			matching.addAll(found);
			if (found.isEmpty()) {
				killJob(pattern, request.force(), outcome);
			}
		}
		matching.forEach((group) -> kill(group, request.force(), outcome));
		return new GroupsKilled(outcome.killed, outcome.refused, outcome.missing);
	}

	private void kill(String name, boolean force, Outcome outcome) {
		RunningGroup group = this.groups.find(name).orElse(null);
		if (group == null && !force) {
			outcome.refused
				.add("The group %s does not run at the moment; end it by: gsh kill -f %s".formatted(name, name));
			return;
		}
		try {
			KillAnswer answer = (group != null)
					? this.groups.call(group, new KillGroup(force), KillAnswer.class, PATIENCE)
					: new KillAnswer(this.register.folder(name)
						.map(AbandonedGroup::new)
						.map(AbandonedGroup::remove)
						.orElse(true), List.of());
			if (answer.killed()) {
				outcome.killed.add(name);
			}
			else {
				outcome.refused
					.add("The group %s has jobs that have not exited: %s; stop them, or end it by: gsh kill -f %s"
						.formatted(name, String.join(", ", answer.running()), name));
			}
		}
		catch (AdaptiveException ex) {
			killSilent(name, force, ex, outcome);
		}
	}

	private void killSilent(String name, boolean force, AdaptiveException failure, Outcome outcome) {
		GroupFolder folder = this.register.folder(name).orElse(null);
		if (force && folder != null && new AbandonedGroup(folder).remove()) {
			outcome.killed.add(name);
		}
		else {
			outcome.refused.add(String.valueOf(failure.getMessage()));
		}
	}

	private void killJob(String reference, boolean force, Outcome outcome) {
		JobListing listing = this.search.find(new FindJobs(null, List.of(reference)));
		if (listing.jobs().isEmpty()) {
			outcome.missing.add("There is no group %s; see: gsh ps".formatted(reference));
			return;
		}
		JobInGroup job = listing.jobs().get(0);
		String name = job.group() + "-" + job.version();
		if (!force || job.job().status() != JobStatus.STUCK) {
			outcome.refused.add("%s is a job of the group %s, %s; kill -f ends jobs that are stuck, stop ends others"
				.formatted(reference, name, job.job().status().word()));
			return;
		}
		JobResult result = this.groups.find(name)
			.map((group) -> this.groups.call(group, new KillJob(job.job().id()), JobResult.class, PATIENCE))
			.orElseThrow(() -> new AdaptiveException(ErrorCode.UNAVAILABLE,
					"The group %s has ended meanwhile; look at: gsh ps".formatted(name)));
		(result.text().isEmpty() ? outcome.killed : outcome.refused)
			.add(result.text().isEmpty() ? job.job().id() : result.text());
	}

	private record Outcome(List<String> killed, List<String> refused, List<String> missing) {
	}

}
