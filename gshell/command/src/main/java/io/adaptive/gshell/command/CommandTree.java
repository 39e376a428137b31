package io.adaptive.gshell.command;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;

/**
 * All commands.
 */
final class CommandTree {

	private CommandTree() {
	}

	static CommandLine of(CommandEnvironment environment, ExecCommand exec) {
		CommandLine root = new CommandLine(new RootCommand(environment));
		root.addSubcommand(new IdCommand(environment));
		root.addSubcommand(new DaemonCommand(environment));
		root.addSubcommand(new ListCommand(environment));
		root.addSubcommand(
				new CommandLine(new RepoCommand(environment)).addSubcommand(new RepoListCommand(environment)));
		root.addSubcommand(withArguments(new RunCommand(environment)));
		root.addSubcommand(withArguments(exec));
		root.addSubcommand(new PsCommand(environment));
		root.addSubcommand(new StopCommand(environment));
		root.addSubcommand(new StartCommand(environment));
		root.addSubcommand(new RestartCommand(environment));
		root.addSubcommand(new RemoveCommand(environment));
		root.addSubcommand(new KillCommand(environment));
		root.addSubcommand(new LogCommand(environment));
		root.addSubcommand(new InfoCommand(environment));
		root.addSubcommand(new CompletionCommand(environment));
		Failures failures = new Failures(environment);
		root.setExecutionExceptionHandler(failures);
		root.setParameterExceptionHandler(failures);
		root.setCaseInsensitiveEnumValuesAllowed(true);
		root.setColorScheme(CommandLine.Help
			.defaultColorScheme(environment.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
		root.setOut(writer(environment.out()));
		root.setErr(writer(environment.err()));
		return root;
	}

	/**
	 * Options of an app stand behind its path.
	 */
	private static CommandLine withArguments(Object command) {
		return new CommandLine(command).setStopAtPositional(true);
	}

	private static PrintWriter writer(PrintStream stream) {
		return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
	}

}
