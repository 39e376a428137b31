package io.adaptive.internal.stream;

import io.adaptive.annotation.Message;

/**
 * Bytes of a byte stream, as a message; none of them is its end.
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
