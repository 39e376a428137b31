package io.adaptive.gshell.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.FindJobs;
import io.adaptive.gshell.message.JobInGroup;
import io.adaptive.gshell.message.JobListing;
import io.adaptive.gshell.message.group.JobRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh ps}.
 */
@Command(name = "ps", description = "Lists jobs, newest first; with ids or names prints all that is known of them.",
		sortOptions = false)
final class PsCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "--group", paramLabel = "GROUP", description = "Jobs of this group only.")
	@Nullable String group;

	@Option(names = "--json", description = "Print JSON.")
	boolean json;

	@Parameters(arity = "0..*", paramLabel = "JOB",
			description = "Ids, beginnings of ids of at least 4 digits, or names.")
	List<String> jobs = List.of();

	PsCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider())) {
			JobListing listing = daemon.call(new FindJobs(this.group, this.jobs), JobListing.class);
			if (this.json) {
				Json.print(this.environment.out(), listing);
			}
			else if (this.jobs.isEmpty()) {
				print(listing.jobs());
			}
			else {
				new JobPrinter(this.environment.out()).print(listing.jobs());
			}
			return problems(listing);
		}
	}

	private void print(List<JobInGroup> jobs) {
		Table table = new Table(Integer.MAX_VALUE, "GRE ID", "IN GROUP", "NAME", "START AT", "STATUS");
		Instant now = Instant.now();
		for (JobInGroup each : jobs) {
			JobRecord job = each.job();
			table.add(job.id(), each.group() + "-" + each.version(), job.name(), Words.time(job.startedAt()),
					"%s %s".formatted(job.status().word(), Words.duration(Duration.between(job.since(), now))));
		}
		table.print(this.environment.out());
	}

	private int problems(JobListing listing) {
		listing.problems().forEach(this.environment.err()::println);
		listing.silentGroups().forEach((name) -> this.environment.err().println(Words.silent(name)));
		if (!listing.problems().isEmpty()) {
			return this.jobs.isEmpty() ? ExitStatus.FAILED : ExitStatus.NOT_FOUND;
		}
		return listing.silentGroups().isEmpty() ? ExitStatus.OK : ExitStatus.TIMEOUT;
	}

}
