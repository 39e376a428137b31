package io.adaptive.gshell.command;

import java.util.Objects;
import java.util.concurrent.Callable;

import io.adaptive.node.AdaptiveNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code gsh id}: needs no daemon.
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
		try (AdaptiveNode node = LocalNode.open(this.environment)) {
			this.environment.out().println(node.instance().provider());
		}
		return ExitStatus.OK;
	}

}
