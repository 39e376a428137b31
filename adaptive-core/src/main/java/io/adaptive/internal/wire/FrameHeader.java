package io.adaptive.internal.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The fixed part of a frame.
 *
 * @param kind what the frame is for, {@code null} for a kind from a newer peer
 * @param flags see the constants
 * @param fieldsLength bytes of fields between this header and the payload
 * @param streamId the stream, or 0
 * @param callId the call, or 0
 * @param typeId the message type, or 0
 */
record FrameHeader(@Nullable FrameKind kind, int flags, int fieldsLength, int streamId, long callId, int typeId) {

	/** The whole header with its length field, in bytes. */
	static final int BYTES = 4 + Protocol.HEADER_AFTER_LENGTH;

	/** More fragments of this message follow. */
	static final int MORE = 0x01;

	/** The answer to a PING. */
	static final int ANSWER = 0x02;

	/** Messages that belong to the call of a REPLY may follow it. */
	static final int FOLLOWED = 0x08;

	/** The sender of a MESSAGE keeps no one-way answer to it. */
	static final int WITHOUT_ANSWERS = 0x10;

	/** This MESSAGE or FAILURE is a one-way answer. */
	static final int ONE_WAY_ANSWER = 0x20;

	/** A receiver that does not know the frame's kind must end the connection. */
	static final int CRITICAL = 0x80;

	FrameHeader(FrameKind kind, int streamId, long callId, int typeId) {
		this(kind, 0, 0, streamId, callId, typeId);
	}

	FrameHeader withFlags(int flags) {
		return new FrameHeader(this.kind, flags, this.fieldsLength, this.streamId, this.callId, this.typeId);
	}

	boolean has(int flag) {
		return (this.flags & flag) != 0;
	}

	/**
	 * Writes the header in front of a body whose size is known.
	 */
	void write(ByteBuf out, int bodyLength) {
		out.writeInt(Protocol.HEADER_AFTER_LENGTH + bodyLength);
		out.writeByte((this.kind != null) ? this.kind.number() : 0);
		out.writeByte(this.flags);
		out.writeShort(this.fieldsLength);
		out.writeInt(this.streamId);
		out.writeLong(this.callId);
		out.writeInt(this.typeId);
	}

	/**
	 * Reads what follows the length field.
	 */
	static FrameHeader read(ByteBuf in) {
		FrameKind kind = FrameKind.of(in.readUnsignedByte());
		return new FrameHeader(kind, in.readUnsignedByte(), in.readUnsignedShort(), in.readInt(), in.readLong(),
				in.readInt());
	}

}
