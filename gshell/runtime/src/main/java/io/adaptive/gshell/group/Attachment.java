package io.adaptive.gshell.group;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.gshell.job.JobStreams;
import io.adaptive.gshell.log.RotatingLog;
import io.adaptive.gshell.message.group.JobExited;
import io.adaptive.gshell.message.group.JobInput;
import io.adaptive.gshell.message.group.JobOutput;
import io.adaptive.gshell.message.group.JobOutput.Kind;
import io.adaptive.gshell.state.StoredJob;
import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.ContextStream;
import org.jspecify.annotations.Nullable;

/**
 * A client at the standard streams of a job, over one stream. Its output goes to its log
 * as well. Without the client the job goes on: its input is at the end, its output goes
 * to its log only.
 */
final class Attachment implements Detachable {

	private static final long CLOSE_SECONDS = 10;

	private final ContextStream stream;

	private final Timers timers;

	private final InputBuffer input = new InputBuffer();

	private final OutputBuffer output = new OutputBuffer();

	private final CompletableFuture<@Nullable Void> served = new CompletableFuture<>();

	Attachment(ContextStream stream, Timers timers) {
		this.stream = stream;
		this.timers = timers;
	}

	JobStreams streams(RotatingLog log) {
		LogOutput toLog = new LogOutput(log);
		return new JobStreams(this.input, this.output.stream(Kind.OUT, toLog), this.output.stream(Kind.ERR, toLog));
	}

	/**
	 * Completes when the client has closed its stream, as it has the end, or has left.
	 */
	CompletableFuture<?> served() {
		return this.served;
	}

	/**
	 * Tells the client that there is no job, and ends the stream.
	 */
	void refuse(Object answer) {
		try (this.stream) {
			this.stream.send(answer);
		}
	}

	/**
	 * Tells the client that the job has started, and begins to serve it.
	 * @param end completes with the end of the run
	 */
	void begin(Object answer, CompletableFuture<StoredJob> end) {
		this.stream.context().set(this);
		if (this.stream.isCancelled()) {
			detach();
			return;
		}
		this.stream.send(answer);
		end.thenRun(this.output::complete);
		this.timers.execute(this::receive);
		this.timers.execute(() -> send(end));
	}

	/**
	 * Receives until the client closes the stream, also after the end of the input.
	 */
	private void receive() {
		try {
			while (true) {
				byte[] bytes = this.stream.recv(JobInput.class).bytes();
				if (bytes.length == 0) {
					this.input.complete();
				}
				else {
					this.input.put(bytes);
				}
			}
		}
		catch (AdaptiveException | InterruptedException ex) {
			// The client has all, or has gone; or the group ends.
		}
		finally {
			this.input.complete();
			this.served.complete(null);
		}
	}

	private void send(CompletableFuture<StoredJob> end) {
		try (this.stream) {
			for (JobOutput chunk = this.output.take(); chunk != null; chunk = this.output.take()) {
				this.stream.send(chunk);
			}
			StoredJob ended = end.getNow(null);
			if (ended != null) {
				Integer status = ended.exitStatus();
				this.stream.send(new JobExited((status != null) ? status : 1, ended.error()));
				// What is sent may still wait for credit: the client closes when it has
				// it.
				this.served.get(CLOSE_SECONDS, TimeUnit.SECONDS);
			}
		}
		catch (AdaptiveException | InterruptedException | ExecutionException | TimeoutException ex) {
			// The client has gone or takes nothing, or the group ends.
		}
		finally {
			detach();
		}
	}

	@Override
	public void detach() {
		this.input.complete();
		this.output.detach();
		this.served.complete(null);
	}

}
