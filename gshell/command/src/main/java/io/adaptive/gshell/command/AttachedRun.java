package io.adaptive.gshell.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;

import io.adaptive.gshell.message.RunApp;
import io.adaptive.gshell.message.RunAppAttached;
import io.adaptive.gshell.message.RunReply;
import io.adaptive.gshell.message.group.AttachMessage;
import io.adaptive.gshell.message.group.JobExited;
import io.adaptive.gshell.message.group.JobInput;
import io.adaptive.gshell.message.group.JobOutput;
import io.adaptive.gshell.message.group.JobStarted;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionLostException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.stream.MessageStream;

/**
 * A job with the streams of this command, until it ends. Ctrl-C, or a connection that is
 * lost, detaches: the job goes on.
 */
final class AttachedRun {

	private static final int CHUNK = 16 << 10;

	private final CommandEnvironment environment;

	private final DaemonLink daemon;

	AttachedRun(CommandEnvironment environment, DaemonLink daemon) {
		this.environment = environment;
		this.daemon = daemon;
	}

	/**
	 * Runs an app.
	 * @return the exit status of the job
	 */
	int run(RunApp run) {
		try (MessageStream stream = this.daemon.newStream()) {
			stream.send(new RunAppAttached(run));
			JobStarted job = RunAnswers.started(stream.recv(RunReply.class));
			job.notes().forEach(this.environment.err()::println);
			Thread detach = new Thread(() -> sayDetached(job.id()), "gsh-detach");
			Runtime.getRuntime().addShutdownHook(detach);
			try {
				sendInput(stream);
				return copyOutput(stream, job.id());
			}
			finally {
				Runtime.getRuntime().removeShutdownHook(detach);
			}
		}
	}

	private void sayDetached(String id) {
		this.environment.err()
			.println("Detached; the job %s goes on. See: gsh ps %s, gsh log -f %s".formatted(id, id, id));
	}

	private int copyOutput(MessageStream stream, String id) {
		try {
			while (true) {
				AttachMessage message = stream.recv(AttachMessage.class);
				if (message instanceof JobExited exited) {
					return exited.status();
				}
				JobOutput output = (JobOutput) message;
				PrintStream target = (output.kind() == JobOutput.Kind.OUT) ? this.environment.out()
						: this.environment.err();
				target.writeBytes(output.bytes());
				target.flush();
			}
		}
		catch (ConnectionLostException | EndOfStreamException ex) {
			throw new CommandException(ExitStatus.FAILED,
					"The connection to the job is lost; it may go on. See: gsh ps %s".formatted(id));
		}
	}

	/**
	 * Input is read on a thread of its own, which nothing can wake: it must not keep the
	 * program alive.
	 */
	private void sendInput(MessageStream stream) {
		Thread pump = new Thread(() -> copyInput(stream), "gsh-input");
		pump.setDaemon(true);
		pump.start();
	}

	private void copyInput(MessageStream stream) {
		byte[] buffer = new byte[CHUNK];
		try {
			int count = this.environment.in().read(buffer);
			while (count >= 0) {
				if (count > 0) {
					stream.send(new JobInput(Arrays.copyOf(buffer, count)));
				}
				count = this.environment.in().read(buffer);
			}
			stream.send(new JobInput(new byte[0]));
		}
		catch (AdaptiveException ex) {
			// The job has ended; its output tells.
		}
		catch (IOException ex) {
			this.environment.err().println("Standard input cannot be read: " + ex.getMessage());
		}
	}

}
