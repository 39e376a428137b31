package io.adaptive.wire;

import java.nio.ByteBuffer;

import io.netty.buffer.ByteBuf;

/**
 * The fields that may stand between a frame's header and its payload.
 */
final class FrameField {

	/** The time left until the caller gives up, in nanoseconds. */
	static final int TIMEOUT = 1;

	private FrameField() {
	}

	/**
	 * Returns the fields of a message, none without a timeout.
	 */
	static byte[] timeout(long timeoutNanos) {
		if (timeoutNanos <= 0) {
			return EnvelopeEncoder.NOTHING;
		}
		return ByteBuffer.allocate(2 * Short.BYTES + Long.BYTES)
			.putShort((short) TIMEOUT)
			.putShort((short) Long.BYTES)
			.putLong(timeoutNanos)
			.array();
	}

	static long readTimeout(ByteBuf fields) {
		if (!fields.isReadable()) {
			return 0;
		}
		return Math.max(0, Fields.read(fields, (tag) -> tag == TIMEOUT).number(TIMEOUT, 0));
	}

}
