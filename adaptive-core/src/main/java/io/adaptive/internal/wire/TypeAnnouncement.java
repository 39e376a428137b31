package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;

import io.adaptive.message.MessageType;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What is said once about a message type before its number is used.
 *
 * @param name the name on the wire
 * @param fingerprint that of the sender's {@link MessageSchema}
 * @param schema its text, {@code null} if the sender does not tell it
 */
record TypeAnnouncement(String name, long fingerprint, @Nullable String schema) {

	/** The priority of messages that say nothing else: NORMAL. */
	private static final int PRIORITY_NORMAL = 1;

	private static final int IDEMPOTENT = 1;

	private static final int FIXED_BYTES = 12;

	static void write(ByteBuf out, MessageType<?> type, MessageSchema schema) {
		byte[] name = type.name().getBytes(StandardCharsets.UTF_8);
		out.writeByte(PRIORITY_NORMAL);
		out.writeByte(type.isIdempotent() ? IDEMPOTENT : 0);
		out.writeLong(schema.fingerprint());
		out.writeShort(name.length);
		out.writeBytes(name);
		if (schema.text() != null && !schema.text().isEmpty()) {
			byte[] text = schema.text().getBytes(StandardCharsets.UTF_8);
			out.writeShort(text.length);
			out.writeBytes(text);
		}
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
		String name = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
		return new TypeAnnouncement(name, fingerprint, readSchema(in));
	}

	/**
	 * Reads the schema, which may be missing. What is not one is ignored.
	 */
	private static @Nullable String readSchema(ByteBuf in) {
		if (in.readableBytes() < Short.BYTES) {
			return null;
		}
		int length = in.readUnsignedShort();
		return (length > 0 && length <= in.readableBytes())
				? in.readCharSequence(length, StandardCharsets.UTF_8).toString() : null;
	}

}
