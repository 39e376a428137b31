package io.adaptive.gshell.daemon;

import io.adaptive.gshell.message.group.AttachMessage;
import io.adaptive.gshell.message.group.JobExited;
import io.adaptive.gshell.message.group.JobInput;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.message.StreamResetException;
import io.adaptive.stream.MessageStream;

/**
 * Copies between a job and the command that is attached to it, until the job ends or the
 * command leaves. Messages wait at their sender until they are taken.
 *
 * @param job stream of the group
 * @param command stream of the command
 */
record AttachedJob(MessageStream job, MessageStream command) {

	/**
	 * Copies, on this thread and another one.
	 */
	void copy() {
		Thread input = new Thread(this::copyInput, "gshell-attached-input");
		input.setDaemon(true);
		input.start();
		try {
			AttachMessage message;
			do {
				message = this.job.recv(AttachMessage.class);
				this.command.send(message);
			}
			while (!(message instanceof JobExited));
		}
		catch (ConnectionLostException | StreamResetException | EndOfStreamException ex) {
			// One of the two is gone; the end of both streams tells the other.
		}
	}

	private void copyInput() {
		try {
			while (true) {
				this.job.send(this.command.recv(JobInput.class));
			}
		}
		catch (AdaptiveException ex) {
			// The command has left, or the job has ended.
			this.job.close();
		}
	}

}
