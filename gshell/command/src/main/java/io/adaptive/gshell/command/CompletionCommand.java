package io.adaptive.gshell.command;

import java.util.concurrent.Callable;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code gsh completion}: to be read by {@code source}.
 */
@Command(name = "completion", description = "Prints a script that completes commands and options, for bash and zsh.",
		sortOptions = false)
final class CompletionCommand implements Callable<Integer> {

	private final CommandEnvironment environment;

	@Mixin
	HelpOption help = new HelpOption();

	@Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash (the default) or zsh; the script fits both.")
	String shell = "bash";

	@Spec
	CommandSpec spec = CommandSpec.create();

	CompletionCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		if (!this.shell.equals("bash") && !this.shell.equals("zsh")) {
			throw new ParameterException(this.spec.commandLine(),
					"There is no completion for %s; use bash or zsh".formatted(this.shell));
		}
		this.environment.out().print(AutoComplete.bash("gsh", this.spec.root().commandLine()));
		return ExitStatus.OK;
	}

}
