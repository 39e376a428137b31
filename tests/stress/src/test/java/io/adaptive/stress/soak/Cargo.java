package io.adaptive.stress.soak;

import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * What every message of the soak carries.
 *
 * @param id the message's entry in the books
 * @param checksum of id and bytes
 * @param bytes from none to some megabytes
 */
record Cargo(long id, int checksum, byte[] bytes) {

	/** What all bytes are cut from; shared, and never changed. */
	private static final byte[] BLOCK = new byte[8 << 20];

	static {
		new java.util.Random(1).nextBytes(BLOCK);
	}

	static Cargo of(long id, byte[] bytes) {
		return new Cargo(id, checksum(id, bytes), bytes);
	}

	private static int checksum(long id, byte[] bytes) {
		CRC32C checksum = new CRC32C();
		checksum.update(bytes);
		return (int) checksum.getValue() ^ Long.hashCode(id);
	}

	boolean isIntact() {
		return this.checksum == checksum(this.id, this.bytes);
	}

	/**
	 * Returns bytes of a random length: mostly a few, one time in ten more than one frame
	 * takes, one time in fifty up to 4 MB.
	 */
	static byte[] bytes(SplittableRandom random) {
		int dice = random.nextInt(100);
		int size;
		if (dice < 60) {
			size = random.nextInt(1024);
		}
		else if (dice < 90) {
			size = random.nextInt(32 * 1024);
		}
		else if (dice < 98) {
			size = random.nextInt(256 * 1024);
		}
		else {
			size = random.nextInt(4 << 20);
		}
		return bytes(random, size);
	}

	static byte[] bytes(SplittableRandom random, int size) {
		byte[] bytes = new byte[size];
		System.arraycopy(BLOCK, random.nextInt(BLOCK.length - size), bytes, 0, size);
		return bytes;
	}

}
