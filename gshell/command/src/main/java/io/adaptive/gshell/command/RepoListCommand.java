package io.adaptive.gshell.command;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.gshell.message.RepositoryEntry;
import io.adaptive.gshell.message.RepositoryListing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code gsh repo ls}.
 */
@Command(name = "ls", description = "Lists a folder of the code repository; a file lists itself.", sortOptions = false)
final class RepoListCommand implements Callable<Integer> {

	private static final String BLUE = "\033[1;34m";

	private static final String PLAIN = "\033[0m";

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RepoCommand repo;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = "--json", description = "Print JSON.")
	boolean json;

	@Parameters(arity = "0..1", paramLabel = "PATH", description = "Path from the root, which is the default.")
	String path = "";

	RepoListCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		RepositoryListing listing = Objects.requireNonNull(this.repo).list(this.path);
		if (this.json) {
			Json.print(this.environment.out(), listing);
			return ExitStatus.OK;
		}
		for (RepositoryEntry entry : listing.entries()) {
			this.environment.out().println(entry.folder() ? folder(entry.name()) : entry.name());
		}
		return ExitStatus.OK;
	}

	private String folder(String name) {
		return this.environment.colour() ? BLUE + name + "/" + PLAIN : name + "/";
	}

}
