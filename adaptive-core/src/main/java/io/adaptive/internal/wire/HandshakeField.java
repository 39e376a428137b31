package io.adaptive.internal.wire;

import io.adaptive.message.Instance;
import io.adaptive.message.ProviderId;
import io.adaptive.message.Scope;
import io.adaptive.settings.Limits;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The tags of handshake fields, and the frame that both directions of the handshake
 * share: magic, two bytes of their own, length of the fields, fields.
 */
final class HandshakeField {

	static final int PUBLISHER = 1;

	static final int SERVICE = 2;

	static final int PROVIDER_ID = 3;

	static final int INCARNATION = 4;

	static final int CODEC = 5;

	static final int MAX_MESSAGE = 6;

	static final int REASON = 7;

	static final int STREAM_CREDIT = 8;

	static final int CONNECTION_CREDIT = 9;

	static final int SCOPE = 12;

	static final int RELAY_TOKEN = 13;

	static final int RAW = 14;

	static final int MESSAGE_CREDIT = 15;

	private static final int HEADER = 8;

	private HandshakeField() {
	}

	static void putInstance(TlvFields fields, Instance instance) {
		fields.put(PROVIDER_ID, instance.provider().value()).put(INCARNATION, instance.incarnation());
	}

	static Instance instance(TlvFields fields) {
		String provider = fields.requireText(PROVIDER_ID, "provider id");
		try {
			return new Instance(new ProviderId(provider), fields.number(INCARNATION, 0));
		}
		catch (IllegalArgumentException ex) {
			throw new ProtocolException(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A scope of a newer version counts as none.
	 */
	static @Nullable Scope scope(TlvFields fields) {
		return Scope.of(fields.number(SCOPE, -1)).orElse(null);
	}

	static @Nullable RelayToken relayToken(TlvFields fields) {
		byte[] bytes = fields.bytes(RELAY_TOKEN);
		try {
			return (bytes != null) ? RelayToken.of(bytes) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new ProtocolException(String.valueOf(ex.getMessage()));
		}
	}

	static void putLimits(TlvFields fields, Limits limits) {
		fields.put(MAX_MESSAGE, limits.maxMessage())
			.put(STREAM_CREDIT, limits.streamCredit())
			.put(CONNECTION_CREDIT, limits.connectionCredit());
		if (limits.messageCredit() != Limits.UNCOUNTED) {
			fields.put(MESSAGE_CREDIT, limits.messageCredit());
		}
	}

	static Limits limits(TlvFields fields) {
		try {
			return new Limits(fields.number(MAX_MESSAGE, Limits.DEFAULT.maxMessage()),
					fields.number(STREAM_CREDIT, Limits.DEFAULT.streamCredit()),
					fields.number(CONNECTION_CREDIT, Limits.DEFAULT.connectionCredit()),
					fields.number(MESSAGE_CREDIT, Limits.UNCOUNTED));
		}
		catch (IllegalArgumentException ex) {
			throw new ProtocolException(String.valueOf(ex.getMessage()));
		}
	}

	static void write(ByteBuf out, int first, int second, TlvFields fields) {
		out.writeInt(Protocol.MAGIC);
		out.writeByte(first);
		out.writeByte(second);
		int lengthIndex = out.writerIndex();
		out.writeShort(0);
		fields.write(out);
		out.setShort(lengthIndex, out.writerIndex() - lengthIndex - 2);
	}

	static @Nullable Block readBlock(ByteBuf in) {
		int start = in.readerIndex();
		int available = in.readableBytes();
		for (int i = 0; i < Math.min(available, 4); i++) {
			if (in.getByte(start + i) != (byte) (Protocol.MAGIC >>> (24 - 8 * i))) {
				throw new ProtocolException(
						"the peer does not speak this protocol (its first bytes are %s)".formatted(firstBytes(in)));
			}
		}
		if (available < HEADER) {
			return null;
		}
		int length = in.getUnsignedShort(start + 6);
		if (length > Protocol.MAX_HANDSHAKE_FIELDS) {
			throw new ProtocolException(
					"a handshake of %s bytes is over the limit of %s".formatted(length, Protocol.MAX_HANDSHAKE_FIELDS));
		}
		if (available < HEADER + length) {
			return null;
		}
		in.skipBytes(HEADER);
		TlvFields fields = TlvFields.read(in.readSlice(length), HandshakeField::isKnown);
		return new Block(in.getUnsignedByte(start + 4), in.getUnsignedByte(start + 5), fields);
	}

	private static boolean isKnown(int tag) {
		return (tag >= PUBLISHER && tag <= CONNECTION_CREDIT) || tag == SCOPE || tag == RELAY_TOKEN || tag == RAW
				|| tag == MESSAGE_CREDIT;
	}

	private static String firstBytes(ByteBuf in) {
		StringBuilder hex = new StringBuilder();
		for (int i = 0; i < Math.min(in.readableBytes(), 8); i++) {
			hex.append("%02x ".formatted(in.getByte(in.readerIndex() + i)));
		}
		return hex.toString().trim();
	}

	/**
	 * @param first the lowest version, or the version chosen
	 * @param second the highest version, or the error code
	 * @param fields the known fields
	 */
	record Block(int first, int second, TlvFields fields) {
	}

}
