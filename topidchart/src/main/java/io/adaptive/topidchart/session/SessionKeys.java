package io.adaptive.topidchart.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Keys of sessions: 128 random bits. The database has their hashes only.
 */
final class SessionKeys {

	private static final int KEY_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	String newKey() {
		return word(KEY_BYTES);
	}

	/**
	 * Returns a random word of hexadecimal digits.
	 */
	String word(int bytes) {
		byte[] word = new byte[bytes];
		this.random.nextBytes(word);
		return HexFormat.of().formatHex(word);
	}

	static String hash(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
