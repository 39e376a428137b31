package io.adaptive.gshell.daemon;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.group.JobResult.Outcome;

/**
 * References of users to jobs: an id, the beginning of one of at least four digits, or a
 * name, tried in this order.
 *
 * @param jobs all jobs that are looked at
 */
record JobReferences(List<JobInGroup> jobs) {

	private static final int SHORTEST = 4;

	/**
	 * Finds the job of a reference.
	 */
	Found find(String reference) {
		List<JobInGroup> found = matching((job) -> job.job().id().equals(reference));
		if (found.isEmpty() && reference.length() >= SHORTEST) {
			found = matching((job) -> job.job().id().startsWith(reference));
		}
		if (found.isEmpty()) {
			found = matching((job) -> job.job().name().equals(reference));
		}
		return new Found(reference, found);
	}

	private List<JobInGroup> matching(Predicate<JobInGroup> condition) {
		return this.jobs.stream().filter(condition).toList();
	}

	/**
	 * Result of the search for a reference.
	 *
	 * @param reference the reference
	 * @param jobs the job; none if there is none, several if it fits several
	 */
	record Found(String reference, List<JobInGroup> jobs) {

		boolean isOne() {
			return this.jobs.size() == 1;
		}

		JobInGroup job() {
			return this.jobs.get(0);
		}

		Outcome outcome() {
			return this.jobs.isEmpty() ? Outcome.NOT_FOUND : Outcome.AMBIGUOUS;
		}

		/**
		 * Says why it is not one job.
		 */
		String problem() {
			if (this.jobs.isEmpty()) {
				return "There is no job %s; see: gsh ps".formatted(this.reference);
			}
			return "%s fits several jobs: %s; use an id".formatted(this.reference,
					this.jobs.stream()
						.map((each) -> "%s (%s in %s-%s)".formatted(each.job().id(), each.job().name(), each.group(),
								each.version()))
						.collect(Collectors.joining(", ")));
		}

	}

}
