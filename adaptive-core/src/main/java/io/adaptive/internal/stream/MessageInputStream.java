package io.adaptive.internal.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.EndOfStreamException;
import io.adaptive.stream.MessageStream;

/**
 * The bytes sent by the peer's {@link MessageOutputStream}. Confined to one thread.
 */
final class MessageInputStream extends InputStream {

	private final MessageStream stream;

	private byte[] chunk = new byte[0];

	private int position;

	private boolean ended;

	MessageInputStream(MessageStream stream) {
		this.stream = stream;
	}

	@Override
	public int read() throws IOException {
		byte[] single = new byte[1];
		return (read(single, 0, 1) < 0) ? -1 : single[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (available() == 0 && !receive()) {
			return -1;
		}
		int part = Math.min(length, available());
		System.arraycopy(this.chunk, this.position, target, offset, part);
		this.position += part;
		return part;
	}

	private boolean receive() throws IOException {
		if (this.ended) {
			return false;
		}
		try {
			this.chunk = this.stream.recv(ByteChunk.class).bytes();
			this.position = 0;
			this.ended = this.chunk.length == 0;
		}
		catch (EndOfStreamException ex) {
			this.ended = true;
		}
		catch (AdaptiveException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
		return !this.ended;
	}

	@Override
	public int available() {
		return this.chunk.length - this.position;
	}

}
