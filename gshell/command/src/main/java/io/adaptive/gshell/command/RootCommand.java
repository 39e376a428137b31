package io.adaptive.gshell.command;

import java.util.Locale;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code gsh} itself: the options of all commands.
 */
@Command(name = "gsh", description = "Runs Java source from a code repository on the nodes of a service network.",
		versionProvider = BuildVersion.class, sortOptions = false,
		footer = { "", "Exit status: 0 done; 1 the job or command failed; 2 usage; 3 daemon,",
				"provider, group or job not found; 4 not permitted; 5 time-out; 130 Ctrl-C." })
final class RootCommand implements Callable<Integer> {

	static final String SELF = "self";

	private final CommandEnvironment environment;

	@Mixin
	HelpOption help = new HelpOption();

	@Option(names = { "-p", "--provider" }, paramLabel = "ID",
			description = "Node that the command is for; this version reaches its own one, self (the default), only.")
	@Nullable String provider;

	@Option(names = { "-l", "--loglevel" }, paramLabel = "LEVEL",
			description = "Log level of the command itself: debug, info, warn or error (the default).")
	Level level = Level.ERROR;

	@Option(names = { "-v", "--version" }, versionHelp = true, description = "Print the version and exit.")
	boolean version;

	@Spec
	CommandSpec spec = CommandSpec.create();

	RootCommand(CommandEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public Integer call() {
		this.spec.commandLine().usage(this.environment.err());
		return ExitStatus.USAGE;
	}

	/**
	 * The node that the command is for.
	 */
	String provider() {
		prepareLog();
		return (this.provider != null) ? this.provider : SELF;
	}

	/**
	 * Refuses the option {@code -p} for a command that runs here.
	 */
	void checkHere(CommandSpec command) {
		prepareLog();
		if (this.provider != null) {
			throw new ParameterException(command.commandLine(),
					"%s runs here and takes no -p before it; leave that out".formatted(command.qualifiedName()));
		}
	}

	/**
	 * Sets the level before the first logger is made.
	 */
	private void prepareLog() {
		System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", this.level.name().toLowerCase(Locale.ROOT));
	}

	/**
	 * Log levels.
	 */
	enum Level {

		DEBUG, INFO, WARN, ERROR

	}

}
