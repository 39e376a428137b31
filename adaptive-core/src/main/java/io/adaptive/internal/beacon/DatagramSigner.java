package io.adaptive.internal.beacon;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Signer of datagrams with the secret of the network, if one is set. Not safe for use by
 * many threads.
 */
final class DatagramSigner {

	/** Length of a signature in bytes. */
	static final int BYTES = 32;

	/** Fingerprint of datagrams without a signature. */
	static final long NONE = 0;

	private static final String ALGORITHM = "HmacSHA256";

	private final @Nullable Mac mac;

	private final long fingerprint;

	DatagramSigner(@Nullable String secret) {
		this.mac = (secret != null) ? mac(secret) : null;
		this.fingerprint = (this.mac != null) ? fingerprint(this.mac) : NONE;
	}

	private static Mac mac(String secret) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
			return mac;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has " + ALGORITHM, ex);
		}
	}

	private static long fingerprint(Mac mac) {
		long value = ByteBuffer.wrap(mac.doFinal("adaptive LAN".getBytes(StandardCharsets.US_ASCII))).getLong();
		return (value != NONE) ? value : 1;
	}

	/**
	 * Returns the fingerprint, which identifies the secret without disclosing it.
	 */
	long fingerprint() {
		return this.fingerprint;
	}

	boolean isSigning() {
		return this.mac != null;
	}

	/**
	 * Appends the signature of the bytes in the buffer.
	 */
	void sign(ByteBuffer datagram) {
		if (this.mac != null) {
			this.mac.update(datagram.duplicate().flip());
			datagram.put(this.mac.doFinal());
		}
	}

	/**
	 * Checks the signature at the end of a datagram.
	 */
	boolean isGenuine(byte[] datagram, int length) {
		if (this.mac == null || length < BYTES) {
			return false;
		}
		this.mac.update(datagram, 0, length - BYTES);
		byte[] expected = this.mac.doFinal();
		byte[] actual = new byte[BYTES];
		System.arraycopy(datagram, length - BYTES, actual, 0, BYTES);
		return MessageDigest.isEqual(expected, actual);
	}

}
