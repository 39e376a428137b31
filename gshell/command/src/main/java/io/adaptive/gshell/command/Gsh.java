package io.adaptive.gshell.command;

import java.util.List;

import picocli.CommandLine;

/**
 * The program {@code gsh}.
 */
public final class Gsh {

	private final CommandEnvironment environment;

	private final ExecCommand exec;

	private final CommandLine commandLine;

	private Gsh(CommandEnvironment environment) {
		this.environment = environment;
		this.exec = new ExecCommand(environment);
		this.commandLine = CommandTree.of(environment, this.exec);
	}

	/**
	 * Runs a command and ends the process with its status. {@code exec} instead becomes
	 * the program that it names.
	 * @param args the command line
	 * @throws Throwable what the {@code main} of the program throws
	 */
	public static void main(String[] args) throws Throwable {
		Gsh gsh = new Gsh(CommandEnvironment.ofProcess());
		int status = gsh.execute(args);
		Program program = gsh.exec.program();
		if (program != null) {
			program.run();
			return;
		}
		gsh.environment.out().flush();
		System.exit(status);
	}

	/**
	 * Runs a command, all but the program of {@code exec}.
	 * @param environment the surroundings
	 * @param args the command line
	 * @return the exit status, see {@link ExitStatus}; that of the job for {@code run -i}
	 */
	public static int run(CommandEnvironment environment, String... args) {
		return new Gsh(environment).execute(args);
	}

	private int execute(String... args) {
		return this.commandLine.execute(LongOptions.normalize(this.commandLine, List.of(args)).toArray(String[]::new));
	}

}
