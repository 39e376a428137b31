package io.adaptive.topidchart.series;

import java.io.ByteArrayOutputStream;

/**
 * Integers of seven bits a byte, the lowest first. Signed ones have their sign in the
 * lowest bit, so that those near zero are short.
 */
final class VarInts {

	private static final int MAX_SHIFT = 63;

	private VarInts() {
	}

	/**
	 * Writes integers.
	 */
	static final class Writer {

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		void signed(long value) {
			unsigned((value << 1) ^ (value >> 63));
		}

		/** A negative number is written as one of 64 bits. */
		void unsigned(long value) {
			long rest = value;
			while ((rest & ~0x7fL) != 0) {
				this.bytes.write((int) ((rest & 0x7f) | 0x80));
				rest >>>= 7;
			}
			this.bytes.write((int) rest);
		}

		byte[] bytes() {
			return this.bytes.toByteArray();
		}

	}

	/**
	 * Reads integers.
	 */
	static final class Reader {

		private final byte[] bytes;

		private int position;

		Reader(byte[] bytes) {
			this.bytes = bytes;
		}

		long signed() {
			long value = unsigned();
			return (value >>> 1) ^ -(value & 1);
		}

		/**
		 * Reads an integer.
		 * @throws IllegalArgumentException if the bytes end, or it has more than 64 bits
		 */
		long unsigned() {
			long value = 0;
			for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
				if (this.position == this.bytes.length) {
					throw new IllegalArgumentException("A block that is cut off");
				}
				byte next = this.bytes[this.position++];
				value |= (next & 0x7fL) << shift;
				if (next >= 0) {
					return value;
				}
			}
			throw new IllegalArgumentException("An integer of more than 64 bits");
		}

	}

}
