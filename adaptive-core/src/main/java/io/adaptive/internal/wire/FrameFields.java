package io.adaptive.internal.wire;

import java.nio.ByteBuffer;

import io.adaptive.message.MessageHeaders;
import io.adaptive.message.Priority;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The fields that may stand between a frame's header and its payload.
 *
 * @param timeoutNanos the time left until the caller gives up, 0 for none
 * @param priority how urgent the sender wants the message to be, {@code null} if it does
 * not say
 * @param headers what travels beside the message
 */
record FrameFields(long timeoutNanos, @Nullable Priority priority, MessageHeaders headers) {

	/** The frame has no fields. */
	static final FrameFields NONE = new FrameFields(0, null, MessageHeaders.NONE);

	/** The time left until the caller gives up, in nanoseconds. */
	static final int TIMEOUT = 1;

	/** How urgent the message is. */
	static final int PRIORITY = 4;

	private static final int FIELD_LENGTH = 2 * Short.BYTES + Long.BYTES;

	/**
	 * Encodes the fields of a message; most have none.
	 */
	static byte[] encode(long timeoutNanos, @Nullable Priority priority, MessageHeaders headers) {
		byte[] fields = encode(timeoutNanos, priority);
		return headers.isEmpty() ? fields : HeaderFields.append(fields, headers);
	}

	private static byte[] encode(long timeoutNanos, @Nullable Priority priority) {
		boolean limited = timeoutNanos > 0;
		if (!limited && priority == null) {
			return EnvelopeEncoder.NOTHING;
		}
		ByteBuffer fields = ByteBuffer.allocate((limited && priority != null) ? 2 * FIELD_LENGTH : FIELD_LENGTH);
		if (limited) {
			put(fields, TIMEOUT, timeoutNanos);
		}
		if (priority != null) {
			put(fields, PRIORITY, priority.number());
		}
		return fields.array();
	}

	private static void put(ByteBuffer fields, int tag, long value) {
		fields.putShort((short) tag).putShort((short) Long.BYTES).putLong(value);
	}

	static FrameFields read(ByteBuf in) {
		if (!in.isReadable()) {
			return NONE;
		}
		TlvFields fields = TlvFields.read(in, (tag) -> tag == TIMEOUT || tag == PRIORITY || HeaderFields.isOne(tag));
		long priority = fields.number(PRIORITY, -1);
		return new FrameFields(Math.max(0, fields.number(TIMEOUT, 0)), (priority >= 0) ? Priority.of(priority) : null,
				HeaderFields.read(fields));
	}

}
