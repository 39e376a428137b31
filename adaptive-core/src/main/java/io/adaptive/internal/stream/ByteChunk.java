package io.adaptive.internal.stream;

import io.adaptive.annotation.Message;

/**
 * A chunk of a byte stream, as a message; an empty one is the end of the stream.
 */
@Message("adaptive.bytes")
final class ByteChunk {

	private byte[] bytes;

	ByteChunk() {
		this(new byte[0]);
	}

	ByteChunk(byte[] bytes) {
		this.bytes = bytes;
	}

	byte[] bytes() {
		return this.bytes;
	}

}
