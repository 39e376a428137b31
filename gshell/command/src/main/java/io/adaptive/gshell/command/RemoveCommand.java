package io.adaptive.gshell.command;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.ChangeJobs;
import io.adaptive.gshell.message.ChangeJobs.Change;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh rm}.
 */
@Command(name = "rm", description = "Removes jobs that have ended, with their logs and state.", sortOptions = false)
final class RemoveCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "-f", description = "Stop jobs that run first.")
	boolean force;

	@Option(names = "--group", paramLabel = "GROUP", description = "Look in this group only.")
	@Nullable String group;

	@Parameters(arity = "1..*", paramLabel = "JOB",
			description = "Ids, beginnings of ids of at least 4 digits, or names.")
	List<String> jobs = List.of();

	RemoveCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider())) {
			return JobChange.run(this.environment, daemon,
					new ChangeJobs(Change.REMOVE, this.group, this.jobs, this.force), "removed");
		}
	}

}
