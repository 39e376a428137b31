package io.adaptive.builtin;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

/**
 * A secret that a node shares with its registries, so that they can tell whether it is
 * this node whom they reach.
 */
public final class ReachabilityToken {

	/** Answers with a proof. */
	static final ServiceName SERVICE = new ServiceName("builtin", "reachability");

	static final int MIN_BYTES = 16;

	static final int MAX_BYTES = 64;

	private static final String ALGORITHM = "HmacSHA256";

	private final byte[] bytes;

	private ReachabilityToken(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Makes a token that nobody can guess.
	 * @return the token
	 */
	public static ReachabilityToken random() {
		byte[] bytes = new byte[32];
		new SecureRandom().nextBytes(bytes);
		return new ReachabilityToken(bytes);
	}

	/**
	 * Takes a token over from a registration.
	 * @throws AdaptiveException if it has not the size of one
	 */
	static ReachabilityToken of(byte[] bytes) {
		checkSize("token", bytes);
		return new ReachabilityToken(bytes.clone());
	}

	private static void checkSize(String what, byte[] bytes) {
		if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
			throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT,
					"A %s has %d to %d bytes, not %d".formatted(what, MIN_BYTES, MAX_BYTES, bytes.length));
		}
	}

	byte[] bytes() {
		return this.bytes.clone();
	}

	/**
	 * Makes the service by which the node proves who it is.
	 * @return the service, for WAN scope
	 */
	public Service service() {
		return Service.named(SERVICE).scopes(Scope.WAN).handle(ProveReachability.class, (question) -> {
			checkSize("nonce", question.nonce());
			return prove(question.nonce());
		});
	}

	ReachabilityProof prove(byte[] nonce) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(this.bytes, ALGORITHM));
			return new ReachabilityProof(mac.doFinal(nonce));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has " + ALGORITHM, ex);
		}
	}

	boolean accepts(byte[] nonce, ReachabilityProof proof) {
		return MessageDigest.isEqual(prove(nonce).code(), proof.code());
	}

}
