package io.adaptive.gshell.command;

import io.adaptive.gshell.message.ChangeJobs;
import io.adaptive.gshell.message.group.JobResult;
import io.adaptive.gshell.message.group.JobResult.Outcome;
import io.adaptive.gshell.message.group.JobResults;

/**
 * Common part of {@code stop}, {@code start}, {@code restart} and {@code rm}.
 */
final class JobChange {

	private JobChange() {
	}

	/**
	 * Asks for the change; prints the ids, then the word. Jobs that could not be changed
	 * are named.
	 */
	static int run(CommandEnvironment environment, DaemonLink daemon, ChangeJobs change, String word) {
		JobResults results = daemon.call(change, JobResults.class);
		boolean any = false;
		boolean all = true;
		for (JobResult result : results.results()) {
			if (result.outcome() == Outcome.DONE) {
				any = true;
				environment.out().println(result.id());
			}
			else {
				all = false;
				environment.err().println(result.text());
			}
		}
		if (any) {
			environment.out().println(word);
		}
		return all ? ExitStatus.OK : ExitStatus.FAILED;
	}

}
