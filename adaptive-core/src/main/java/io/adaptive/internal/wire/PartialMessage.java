package io.adaptive.internal.wire;

import java.util.ArrayList;
import java.util.List;

import io.adaptive.message.ErrorCode;
import io.adaptive.settings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * The fragments of a message that have arrived.
 */
final class PartialMessage {

	private final FrameHeader header;

	private final FrameFields fields;

	private final long maxMessage;

	private final List<byte[]> fragments = new ArrayList<>();

	private int size;

	PartialMessage(FrameHeader header, FrameFields fields, long maxMessage) {
		this.header = header;
		this.fields = fields;
		this.maxMessage = maxMessage;
	}

	FrameHeader header() {
		return this.header;
	}

	FrameFields fields() {
		return this.fields;
	}

	boolean isAnswer() {
		return this.header.kind() == FrameKind.REPLY || this.header.has(FrameHeader.ONE_WAY_ANSWER);
	}

	/**
	 * Returns how much memory it takes, tiny fragments counted for what they really need.
	 */
	long allocated() {
		return this.size + (1L + this.fragments.size()) * Limits.MIN_COST;
	}

	void append(ByteBuf in, int length) {
		long whole = (long) this.size + length;
		if (whole > this.maxMessage) {
			throw tooLarge(whole, this.maxMessage);
		}
		if (length == 0) {
			throw new ProtocolException("an empty fragment on stream %s".formatted(this.header.streamId()));
		}
		this.fragments.add(ByteBufUtil.getBytes(in, in.readerIndex(), length, true));
		this.size = (int) whole;
	}

	int size() {
		return this.size;
	}

	byte[][] fragments() {
		return this.fragments.toArray(new byte[0][]);
	}

	static ProtocolException tooLarge(long size, long limit) {
		return new ProtocolException(ErrorCode.RESOURCE_EXHAUSTED,
				"a message of at least %s bytes, the limit here is %s".formatted(size, limit));
	}

}
