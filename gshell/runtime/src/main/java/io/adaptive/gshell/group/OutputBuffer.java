package io.adaptive.gshell.group;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

import io.adaptive.gshell.message.group.JobOutput;
import io.adaptive.gshell.message.group.JobOutput.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Output of a job on its way to the client that is attached. Bounded: the job waits while
 * the client does not read.
 */
final class OutputBuffer {

	private static final int CAPACITY = 256 * 1024;

	private static final int CHUNK = 32 * 1024;

	private final Queue<JobOutput> chunks = new ArrayDeque<>();

	private int size;

	private boolean complete;

	private boolean detached;

	/**
	 * Returns a stream into the buffer that writes to another one first.
	 */
	OutputStream stream(Kind kind, OutputStream first) {
		return new OutputStream() {

			@Override
			public void write(int value) throws InterruptedIOException {
				write(new byte[] { (byte) value }, 0, 1);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws InterruptedIOException {
				try {
					first.write(bytes, offset, length);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
				put(kind, bytes, offset, length);
			}

		};
	}

	private void put(Kind kind, byte[] bytes, int offset, int length) throws InterruptedIOException {
		int next = offset;
		while (next < offset + length) {
			int end = Math.min(next + CHUNK, offset + length);
			put(new JobOutput(kind, Arrays.copyOfRange(bytes, next, end)));
			next = end;
		}
	}

	private synchronized void put(JobOutput chunk) throws InterruptedIOException {
		try {
			while (this.size >= CAPACITY && !this.detached) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException("interrupted while the attached client does not read");
		}
		if (!this.detached && !this.complete) {
			this.chunks.add(chunk);
			this.size += chunk.bytes().length;
			notifyAll();
		}
	}

	/**
	 * Waits for output.
	 * @return the next chunk; {@code null} at the end
	 */
	synchronized @Nullable JobOutput take() throws InterruptedException {
		while (this.chunks.isEmpty() && !this.complete && !this.detached) {
			wait();
		}
		JobOutput chunk = this.chunks.poll();
		if (chunk != null) {
			this.size -= chunk.bytes().length;
			notifyAll();
		}
		return chunk;
	}

	/**
	 * No output follows.
	 */
	synchronized void complete() {
		this.complete = true;
		notifyAll();
	}

	/**
	 * Drops what is there and what comes.
	 */
	synchronized void detach() {
		this.detached = true;
		this.chunks.clear();
		this.size = 0;
		notifyAll();
	}

}
