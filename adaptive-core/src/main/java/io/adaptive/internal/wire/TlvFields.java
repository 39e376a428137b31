package io.adaptive.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.function.IntPredicate;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Tag-length-value fields: a tag of 16 bits whose highest bit marks the field critical, a
 * length of 16 bits, the value. A receiver passes over a tag it does not know, unless it
 * is critical.
 */
final class TlvFields {

	private static final int CRITICAL = 0x8000;

	private final TreeMap<Integer, byte[]> values = new TreeMap<>();

	TlvFields put(int tag, String value) {
		return put(tag, value.getBytes(StandardCharsets.UTF_8));
	}

	TlvFields put(int tag, long value) {
		byte[] bytes = new byte[Long.BYTES];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (value >>> (8 * (bytes.length - 1 - i)));
		}
		return put(tag, bytes);
	}

	/**
	 * Puts a field that the receiver must know, or refuse.
	 */
	TlvFields putCritical(int tag, byte[] value) {
		return put(tag | CRITICAL, value);
	}

	private TlvFields put(int tag, byte[] value) {
		this.values.put(tag, value);
		return this;
	}

	byte @Nullable [] bytes(int tag) {
		return this.values.get(tag);
	}

	@Nullable String text(int tag) {
		byte[] value = this.values.get(tag);
		return (value != null) ? new String(value, StandardCharsets.UTF_8) : null;
	}

	String requireText(int tag, String name) {
		String value = text(tag);
		if (value == null) {
			throw new ProtocolException("the field \"%s\" is missing".formatted(name));
		}
		return value;
	}

	long number(int tag, long absent) {
		byte[] value = this.values.get(tag);
		if (value == null) {
			return absent;
		}
		if (value.length != Long.BYTES) {
			throw new ProtocolException("field %s has %s bytes instead of 8".formatted(tag, value.length));
		}
		long number = 0;
		for (byte b : value) {
			number = (number << 8) | (b & 0xff);
		}
		return number;
	}

	void write(ByteBuf out) {
		this.values.forEach((tag, value) -> {
			out.writeShort(tag);
			out.writeShort(value.length);
			out.writeBytes(value);
		});
	}

	/**
	 * Reads fields to the end of the buffer.
	 * @param in exactly the fields
	 * @param known which tags this side understands
	 * @return the known ones
	 */
	static TlvFields read(ByteBuf in, IntPredicate known) {
		TlvFields fields = new TlvFields();
		while (in.isReadable()) {
			if (in.readableBytes() < 4) {
				throw new ProtocolException("a field is cut off");
			}
			int tag = in.readUnsignedShort();
			int length = in.readUnsignedShort();
			if (length > in.readableBytes()) {
				throw new ProtocolException("field %s is cut off".formatted(tag & ~CRITICAL));
			}
			byte[] value = ByteBufUtil.getBytes(in.readSlice(length));
			boolean critical = (tag & CRITICAL) != 0;
			int number = tag & ~CRITICAL;
			if (known.test(number)) {
				fields.put(number, value);
			}
			else if (critical) {
				throw new ProtocolException("field %s is critical and not known here".formatted(number));
			}
		}
		return fields;
	}

}
