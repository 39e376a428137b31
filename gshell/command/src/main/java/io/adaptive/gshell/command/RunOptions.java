package io.adaptive.gshell.command;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Options of {@code run} that do not fit each other or are out of range.
 */
final class RunOptions {

	private static final long LEAST_MEMORY = 32 << 20;

	private RunOptions() {
	}

	static void check(CommandLine command, RunCommand run) {
		refuse(command, run.interactive && run.restarts > 0,
				"-i and --restart contradict each other: an attached job is not restarted");
		refuse(command, run.interactive && run.prepare, "-i and --no-run contradict each other");
		refuse(command, run.restarts < 0, "--restart counts from 0");
		refuse(command, run.maxDelay < 1, "--restart-max-delay is at least 1 second");
		refuse(command, run.reset < 1, "--restart-reset is at least 1 second");
		refuse(command, run.maxProcessors != null && run.maxProcessors < 1, "--maxprocs is at least 1");
		refuse(command, run.realTimePriority != null && (run.realTimePriority < 1 || run.realTimePriority > 99),
				"--rt is a priority from 1 to 99");
		refuse(command, run.memory != null && run.memory < LEAST_MEMORY, "--memory is at least 32m");
	}

	private static void refuse(CommandLine command, boolean wrong, String message) {
		if (wrong) {
			throw new ParameterException(command, message);
		}
	}

}
