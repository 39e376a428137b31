package io.adaptive.internal.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

import io.adaptive.internal.wire.Protocol;
import io.adaptive.message.AdaptiveException;
import io.adaptive.stream.MessageStream;

/**
 * Output stream that sends bytes as messages of a stream. Buffers them until it is
 * flushed or a frame is full. Confined to one thread.
 */
final class MessageOutputStream extends OutputStream {

	/** Leaves room for the codec's own bytes, so that a full chunk is a single frame. */
	private static final int CHUNK = Protocol.MAX_FRAGMENT - 1024;

	private final MessageStream stream;

	private final byte[] buffer = new byte[CHUNK];

	private int size;

	private boolean closed;

	MessageOutputStream(MessageStream stream) {
		this.stream = stream;
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		checkOpen();
		int position = offset;
		int end = offset + length;
		while (position < end) {
			int part = Math.min(end - position, CHUNK - this.size);
			System.arraycopy(bytes, position, this.buffer, this.size, part);
			this.size += part;
			position += part;
			if (this.size == CHUNK) {
				flush();
			}
		}
	}

	private void checkOpen() throws IOException {
		if (this.closed) {
			throw new IOException("The byte stream is closed");
		}
	}

	@Override
	public void flush() throws IOException {
		if (this.size > 0) {
			send(Arrays.copyOf(this.buffer, this.size));
			this.size = 0;
		}
	}

	private void send(byte[] bytes) throws IOException {
		try {
			this.stream.send(new ByteChunk(bytes));
		}
		catch (AdaptiveException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	@Override
	public void close() throws IOException {
		if (!this.closed) {
			flush();
			this.closed = true;
			send(new byte[0]);
		}
	}

}
