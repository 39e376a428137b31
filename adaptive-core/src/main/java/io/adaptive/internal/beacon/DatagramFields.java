package io.adaptive.internal.beacon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Fields of a datagram: tag, length, value, as in a handshake. Fields of one tag keep
 * their order.
 */
final class DatagramFields {

	static final int HEAD = 4;

	private static final int CRITICAL = 0x8000;

	private final TreeMap<Integer, List<byte[]>> values = new TreeMap<>();

	private int bytes;

	DatagramFields put(int tag, String value) {
		return put(tag, value.getBytes(StandardCharsets.UTF_8));
	}

	DatagramFields put(int tag, long value) {
		return put(tag, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
	}

	DatagramFields put(int tag, byte[] value) {
		this.values.computeIfAbsent(tag, (absent) -> new ArrayList<>()).add(value);
		this.bytes += HEAD + value.length;
		return this;
	}

	/**
	 * Returns the length of the written fields in bytes.
	 */
	int bytes() {
		return this.bytes;
	}

	private List<byte[]> all(int tag) {
		return this.values.getOrDefault(tag, List.of());
	}

	boolean has(int tag) {
		return this.values.containsKey(tag);
	}

	List<String> texts(int tag) {
		return all(tag).stream().map((value) -> new String(value, StandardCharsets.UTF_8)).toList();
	}

	@Nullable String text(int tag) {
		List<byte[]> values = all(tag);
		return values.isEmpty() ? null : new String(values.get(values.size() - 1), StandardCharsets.UTF_8);
	}

	long number(int tag, long absent) throws DroppedException {
		List<byte[]> values = all(tag);
		if (values.isEmpty()) {
			return absent;
		}
		byte[] value = values.get(values.size() - 1);
		if (value.length != Long.BYTES) {
			throw new DroppedException(DropReason.MALFORMED,
					"field %s has %s bytes instead of 8".formatted(tag, value.length));
		}
		return ByteBuffer.wrap(value).getLong();
	}

	void write(ByteBuffer out) {
		this.values.forEach((tag, values) -> values.forEach((value) -> {
			out.putShort(tag.shortValue());
			out.putShort((short) value.length);
			out.put(value);
		}));
	}

	/**
	 * Reads fields to the end of the buffer.
	 * @param in the fields and nothing else
	 * @param lastKnown the highest tag that this side understands
	 * @return the fields with a known tag
	 * @throws DroppedException if a field is cut off, or is critical and has an unknown
	 * tag
	 */
	static DatagramFields read(ByteBuffer in, int lastKnown) throws DroppedException {
		DatagramFields fields = new DatagramFields();
		while (in.hasRemaining()) {
			if (in.remaining() < HEAD) {
				throw new DroppedException(DropReason.MALFORMED, "a field is cut off");
			}
			int tag = Short.toUnsignedInt(in.getShort());
			int length = Short.toUnsignedInt(in.getShort());
			int number = tag & ~CRITICAL;
			if (length > in.remaining()) {
				throw new DroppedException(DropReason.MALFORMED, "field %s is cut off".formatted(number));
			}
			byte[] value = new byte[length];
			in.get(value);
			if (number >= 1 && number <= lastKnown) {
				fields.put(number, value);
			}
			else if (number != tag) {
				throw new DroppedException(DropReason.UNKNOWN,
						"field %s is critical and not known here".formatted(number));
			}
		}
		return fields;
	}

}
