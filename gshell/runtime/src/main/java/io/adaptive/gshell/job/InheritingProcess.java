package io.adaptive.gshell.job;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process whose inherited output is copied: waiting for the process also waits
 * for the copies, so that what the job prints next comes after the output of the process.
 */
final class InheritingProcess extends Process {

	/** A child of the process may keep its output open. */
	private static final Duration LONGEST_COPY = Duration.ofSeconds(1);

	private final Process process;

	private final InheritedStreams inherited;

	private final List<Thread> copies;

	InheritingProcess(Process process, InheritedStreams inherited, List<Thread> copies) {
		this.process = process;
		this.inherited = inherited;
		this.copies = copies;
	}

	@Override
	public OutputStream getOutputStream() {
		return this.inherited.in() ? OutputStream.nullOutputStream() : this.process.getOutputStream();
	}

	@Override
	public InputStream getInputStream() {
		return this.inherited.out() ? InputStream.nullInputStream() : this.process.getInputStream();
	}

	@Override
	public InputStream getErrorStream() {
		return this.inherited.err() ? InputStream.nullInputStream() : this.process.getErrorStream();
	}

	@Override
	public int waitFor() throws InterruptedException {
		int status = this.process.waitFor();
		awaitCopies(LONGEST_COPY);
		return status;
	}

	@Override
	public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
		long end = System.nanoTime() + unit.toNanos(timeout);
		if (!this.process.waitFor(timeout, unit)) {
			return false;
		}
		Duration rest = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
		awaitCopies((rest.compareTo(LONGEST_COPY) < 0) ? rest : LONGEST_COPY);
		return true;
	}

	private void awaitCopies(Duration longest) throws InterruptedException {
		long end = System.nanoTime() + longest.toNanos();
		for (Thread copy : this.copies) {
			long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (rest > 0) {
				copy.join(rest);
			}
		}
	}

	@Override
	public int exitValue() {
		return this.process.exitValue();
	}

	@Override
	public void destroy() {
		this.process.destroy();
	}

	@Override
	public Process destroyForcibly() {
		this.process.destroyForcibly();
		return this;
	}

	@Override
	public boolean supportsNormalTermination() {
		return this.process.supportsNormalTermination();
	}

	@Override
	public boolean isAlive() {
		return this.process.isAlive();
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public CompletableFuture<Process> onExit() {
		return this.process.onExit().thenApply((ended) -> this);
	}

	@Override
	public ProcessHandle toHandle() {
		return this.process.toHandle();
	}

	@Override
	public ProcessHandle.Info info() {
		return this.process.info();
	}

	@Override
	public Stream<ProcessHandle> children() {
		return this.process.children();
	}

	@Override
	public Stream<ProcessHandle> descendants() {
		return this.process.descendants();
	}

	@Override
	public String toString() {
		return this.process.toString();
	}

}
