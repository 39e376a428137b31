package io.adaptive.wire;

import java.util.Arrays;

import io.adaptive.message.ErrorCode;
import io.netty.buffer.ByteBuf;

/**
 * The fragments of a message that have arrived.
 */
final class PartialMessage {

	private final FrameHeader header;

	private final long timeoutNanos;

	private final long maxMessage;

	private byte[] bytes = new byte[0];

	private int size;

	PartialMessage(FrameHeader header, long timeoutNanos, long maxMessage) {
		this.header = header;
		this.timeoutNanos = timeoutNanos;
		this.maxMessage = maxMessage;
	}

	FrameHeader header() {
		return this.header;
	}

	long timeoutNanos() {
		return this.timeoutNanos;
	}

	boolean isAnswer() {
		return this.header.kind() == FrameKind.REPLY;
	}

	/**
	 * Returns how much memory it takes.
	 */
	long allocated() {
		return (long) Limits.MIN_COST + this.bytes.length;
	}

	void append(ByteBuf in, int length) {
		long whole = (long) this.size + length;
		if (whole > this.maxMessage) {
			throw tooLarge(whole, this.maxMessage);
		}
		if (length == 0) {
			throw new ProtocolException("an empty fragment on stream %d".formatted(this.header.streamId()));
		}
		if (whole > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, (int) Math.min(this.maxMessage, 2 * whole));
		}
		in.readBytes(this.bytes, this.size, length);
		this.size = (int) whole;
	}

	byte[] join() {
		return (this.size == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.size);
	}

	static ProtocolException tooLarge(long size, long limit) {
		return new ProtocolException(ErrorCode.RESOURCE_EXHAUSTED,
				"a message of at least %d bytes, the limit here is %d".formatted(size, limit));
	}

}
