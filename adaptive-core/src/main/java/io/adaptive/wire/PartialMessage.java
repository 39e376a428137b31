package io.adaptive.wire;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.ErrorCode;
import io.netty.buffer.ByteBuf;

/**
 * The fragments of a message that have arrived.
 */
final class PartialMessage {

	private final FrameHeader header;

	private final long timeoutNanos;

	private final long maxMessage;

	private final List<byte[]> fragments = new ArrayList<>();

	private long size;

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

	void append(ByteBuf in, int length) {
		this.size += length;
		if (this.size > this.maxMessage) {
			throw tooLarge(this.size, this.maxMessage);
		}
		byte[] fragment = new byte[length];
		in.readBytes(fragment);
		this.fragments.add(fragment);
	}

	byte[] join() {
		byte[] whole = new byte[(int) this.size];
		int position = 0;
		for (byte[] fragment : this.fragments) {
			System.arraycopy(fragment, 0, whole, position, fragment.length);
			position += fragment.length;
		}
		return whole;
	}

	static ProtocolException tooLarge(long size, long limit) {
		return new ProtocolException(ErrorCode.RESOURCE_EXHAUSTED,
				"a message of at least %d bytes, the limit here is %d".formatted(size, limit));
	}

}
