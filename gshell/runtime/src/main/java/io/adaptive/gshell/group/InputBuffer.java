package io.adaptive.gshell.group;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/**
 * Input of an attached job. Bounded: the client waits while the job does not read.
 */
final class InputBuffer extends InputStream {

	private static final int CAPACITY = 64 * 1024;

	private final Queue<byte[]> chunks = new ArrayDeque<>();

	/** Bytes of the first chunk that have been read. */
	private int position;

	private int size;

	private boolean complete;

	private boolean closed;

	/**
	 * Adds input; waits while there is much that has not been read.
	 */
	synchronized void put(byte[] bytes) throws InterruptedException {
		while (this.size >= CAPACITY && !this.closed) {
			wait();
		}
		if (bytes.length > 0 && !this.closed && !this.complete) {
			this.chunks.add(bytes);
			this.size += bytes.length;
			notifyAll();
		}
	}

	/**
	 * No input follows.
	 */
	synchronized void complete() {
		this.complete = true;
		notifyAll();
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (length == 0) {
			return 0;
		}
		awaitInput();
		byte[] first = this.chunks.peek();
		if (first == null || this.closed) {
			return -1;
		}
		int count = Math.min(length, first.length - this.position);
		System.arraycopy(first, this.position, bytes, offset, count);
		this.position += count;
		this.size -= count;
		if (this.position == first.length) {
			this.chunks.remove();
			this.position = 0;
		}
		notifyAll();
		return count;
	}

	private void awaitInput() throws InterruptedIOException {
		try {
			while (this.chunks.isEmpty() && !this.complete && !this.closed) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException("interrupted while there is no input");
		}
	}

	@Override
	public synchronized int available() {
		return this.closed ? 0 : this.size;
	}

	/**
	 * Ends all reads and writes.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.chunks.clear();
		this.size = 0;
		notifyAll();
	}

}
