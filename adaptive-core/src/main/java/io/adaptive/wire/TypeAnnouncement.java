package io.adaptive.wire;

import java.nio.charset.StandardCharsets;

import io.adaptive.message.MessageType;
import io.netty.buffer.ByteBuf;

/**
 * What is said once about a message type before its number is used.
 *
 * @param fingerprint the sender's {@link SchemaFingerprint}
 * @param name the name on the wire
 */
record TypeAnnouncement(long fingerprint, String name) {

	/** The priority of messages that say nothing else: NORMAL. */
	private static final int PRIORITY_NORMAL = 1;

	private static final int IDEMPOTENT = 1;

	private static final int FIXED_BYTES = 12;

	static void write(ByteBuf out, boolean idempotent, long fingerprint, byte[] name) {
		out.writeByte(PRIORITY_NORMAL);
		out.writeByte(idempotent ? IDEMPOTENT : 0);
		out.writeLong(fingerprint);
		out.writeShort(name.length);
		out.writeBytes(name);
	}

	static TypeAnnouncement read(ByteBuf in) {
		if (in.readableBytes() < FIXED_BYTES) {
			throw new ProtocolException("a type announcement is cut off");
		}
		in.skipBytes(2);
		long fingerprint = in.readLong();
		int length = in.readUnsignedShort();
		if (length == 0 || length > MessageType.MAX_NAME_BYTES || length > in.readableBytes()) {
			throw new ProtocolException("a type announcement has a name of %s bytes".formatted(length));
		}
		return new TypeAnnouncement(fingerprint, in.readCharSequence(length, StandardCharsets.UTF_8).toString());
	}

}
