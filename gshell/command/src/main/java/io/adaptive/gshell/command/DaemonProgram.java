package io.adaptive.gshell.command;

/**
 * The daemon as a program, which {@code gsh daemon} starts in its own process. Found by
 * {@link java.util.ServiceLoader}; only the class path of the daemon has one.
 */
public interface DaemonProgram {

	/**
	 * Runs the daemon in the foreground until it is told to end.
	 * @param options options of the command line
	 * @return the exit status
	 * @throws DaemonRefusedException if it cannot start
	 */
	int run(DaemonOptions options);

}
