package io.adaptive.gshell.command;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.ListRepository;
import io.adaptive.gshell.message.RepositoryListing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh repo}.
 */
@Command(name = "repo", description = "Prints address, commit and age of the code repository.", sortOptions = false)
final class RepoCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "--json", description = "Print JSON.")
	boolean json;

	RepoCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		RepositoryListing repository = list(null);
		if (this.json) {
			Json.print(this.environment.out(), repository);
			return ExitStatus.OK;
		}
		Block block = new Block(this.environment.out());
		block.line("address", (repository.address() != null) ? repository.address() : "NA");
		block.line("commit", (repository.commit() != null) ? repository.commit() : "NA");
		block.line("age", (repository.age() != null) ? Words.duration(repository.age()) : "NA");
		return ExitStatus.OK;
	}

	RepositoryListing list(@Nullable String path) {
		try (DaemonLink daemon = DaemonLink.open(this.environment, Objects.requireNonNull(this.root).provider())) {
			return daemon.call(new ListRepository(path), RepositoryListing.class);
		}
	}

}
