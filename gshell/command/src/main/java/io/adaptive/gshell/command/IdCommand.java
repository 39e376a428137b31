package io.adaptive.gshell.command;

import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code gsh id}: needs no daemon, and no node of its own.
 */
@Command(name = "id", description = "Prints the provider id of this node.", sortOptions = false)
final class IdCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@ParentCommand
	private @Nullable RootCommand root;

	@Mixin
	HelpOption help = new HelpOption();

	@Spec
	CommandSpec spec = CommandSpec.create();

	IdCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		Objects.requireNonNull(this.root).checkHere(this.spec);
		this.environment.out().println(LocalNode.provider(this.environment));
		return ExitStatus.OK;
	}

}
