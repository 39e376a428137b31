package io.adaptive.gshell.group;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Jobs that fit a reference: an id, the beginning of one of at least four digits, or a
 * name, tried in this order.
 *
 * @param reference reference in the request
 * @param jobs the jobs that fit, sorted by id
 */
record JobReference(String reference, List<GroupJob> jobs) {

	private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{4,11}");

	static JobReference of(String reference, Collection<GroupJob> all) {
		List<GroupJob> fitting = fitting(all, (job) -> job.id().equals(reference));
		if (fitting.isEmpty() && BEGINNING.matcher(reference).matches()) {
			fitting = fitting(all, (job) -> job.id().startsWith(reference));
		}
		if (fitting.isEmpty()) {
			fitting = fitting(all, (job) -> job.name().equals(reference));
		}
		return new JobReference(reference, fitting);
	}

	private static List<GroupJob> fitting(Collection<GroupJob> all, Predicate<GroupJob> condition) {
		return all.stream().filter(condition).sorted((one, other) -> one.id().compareTo(other.id())).toList();
	}

	/**
	 * Tells what is wrong unless exactly one job fits.
	 */
	String problem() {
		if (this.jobs.isEmpty()) {
			return "no job %s; see the ids and names in the list of jobs".formatted(this.reference);
		}
		return "%s fits %s; name one id".formatted(this.reference,
				this.jobs.stream()
					.map((job) -> "%s (%s)".formatted(job.id(), job.name()))
					.collect(Collectors.joining(" and ")));
	}

}
