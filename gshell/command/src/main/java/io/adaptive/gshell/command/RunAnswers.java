package io.adaptive.gshell.command;

import io.adaptive.gshell.message.RunReply;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.gshell.message.group.RunRefused;

/**
 * Answers to {@code run}.
 */
final class RunAnswers {

	private RunAnswers() {
	}

	/**
	 * Returns the job.
	 * @throws CommandException if there is none
	 */
	static JobStarted started(RunReply reply) {
		if (reply.answer() instanceof RunRefused refused) {
			throw new CommandException(ExitStatus.FAILED, refused.text());
		}
		return (JobStarted) reply.answer();
	}

}
