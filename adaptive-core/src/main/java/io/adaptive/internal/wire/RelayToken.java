package io.adaptive.internal.wire;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Brings together a client that waits at a reverse proxy and the connection on which the
 * node behind the proxy comes to fetch it. Can be used once.
 *
 * @param high its first 8 bytes
 * @param low its last 8 bytes
 */
public record RelayToken(long high, long low) {

	/** Its size in bytes. */
	public static final int BYTES = 16;

	/**
	 * Draws a token that nobody can guess.
	 * @param random where from
	 * @return the token
	 */
	public static RelayToken next(SecureRandom random) {
		return new RelayToken(random.nextLong(), random.nextLong());
	}

	/**
	 * Reads a token.
	 * @param bytes its bytes
	 * @return the token
	 * @throws IllegalArgumentException if these are not 16 bytes
	 */
	public static RelayToken of(byte[] bytes) {
		if (bytes.length != BYTES) {
			throw new IllegalArgumentException("A relay token has %s bytes, not %s".formatted(BYTES, bytes.length));
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		return new RelayToken(buffer.getLong(), buffer.getLong());
	}

	/**
	 * Returns the bytes.
	 * @return a new array
	 */
	public byte[] bytes() {
		return ByteBuffer.allocate(BYTES).putLong(this.high).putLong(this.low).array();
	}

	/**
	 * Who reads a log cannot use it.
	 */
	@Override
	public String toString() {
		return "relay token " + Long.toHexString(this.high >>> 32) + "...";
	}

}
