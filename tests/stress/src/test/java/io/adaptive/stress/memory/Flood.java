package io.adaptive.stress.memory;

import java.util.zip.CRC32C;

/**
 * The messages of {@link BoundedMemoryTests}.
 */
final class Flood {

	private Flood() {
	}

	/**
	 * Asks to read so many chunks.
	 */
	record Begin(long chunks) {
	}

	/**
	 * A chunk.
	 *
	 * @param number counts from 0
	 * @param checksum of number and bytes
	 */
	record Chunk(long number, int checksum, byte[] bytes) {

		static Chunk of(long number, byte[] bytes) {
			return new Chunk(number, checksum(number, bytes), bytes);
		}

		private static int checksum(long number, byte[] bytes) {
			CRC32C checksum = new CRC32C();
			checksum.update(bytes);
			return (int) checksum.getValue() ^ Long.hashCode(number);
		}

		boolean isIntact() {
			return this.checksum == checksum(this.number, this.bytes);
		}

	}

	/**
	 * All chunks have come.
	 *
	 * @param pausedMillis how long the reader did not read
	 */
	record End(long pausedMillis) {
	}

}
