package io.adaptive.wire;

import io.netty.buffer.ByteBuf;

/**
 * The fields that may stand between a frame's header and its payload.
 */
final class FrameField {

	/** The time left until the caller gives up, in nanoseconds. */
	static final int TIMEOUT = 1;

	private FrameField() {
	}

	static void writeTimeout(ByteBuf out, long timeoutNanos) {
		if (timeoutNanos > 0) {
			out.writeShort(TIMEOUT);
			out.writeShort(Long.BYTES);
			out.writeLong(timeoutNanos);
		}
	}

	static long readTimeout(ByteBuf fields) {
		if (!fields.isReadable()) {
			return 0;
		}
		return Math.max(0, Fields.read(fields, (tag) -> tag == TIMEOUT).number(TIMEOUT, 0));
	}

}
