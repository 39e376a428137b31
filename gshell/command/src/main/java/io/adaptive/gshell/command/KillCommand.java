package io.adaptive.gshell.command;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.GroupsKilled;
import io.adaptive.gshell.message.KillGroups;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh kill}.
 */
@Command(name = "kill", description = "Ends groups, with their jobs and state.", sortOptions = false)
final class KillCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "-f", description = "End jobs that run, too: politely, after 3 s by force.")
	boolean force;

	@Parameters(arity = "1..*", paramLabel = "GROUP",
			description = "Names, or patterns of NAME-VERSION with * for any characters. With -f also stuck jobs.")
	List<String> groups = List.of();

	KillCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider())) {
			GroupsKilled killed = daemon.call(new KillGroups(this.groups, this.force), GroupsKilled.class);
			killed.killed().forEach(this.environment.out()::println);
			this.environment.out().println(killed.killed().isEmpty() ? "none killed" : "killed");
			killed.refused().forEach(this.environment.err()::println);
			killed.missing().forEach(this.environment.err()::println);
			if (!killed.refused().isEmpty()) {
				return ExitStatus.FAILED;
			}
			return killed.missing().isEmpty() ? ExitStatus.OK : ExitStatus.NOT_FOUND;
		}
	}

}
