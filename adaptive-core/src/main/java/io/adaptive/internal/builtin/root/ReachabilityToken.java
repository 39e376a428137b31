package io.adaptive.internal.builtin.root;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Scope;
import io.adaptive.message.ServiceName;
import io.adaptive.server.Service;

/**
 * Secret that a node shares with its registries, by which they verify that an address
 * leads to this node.
 */
public final class ReachabilityToken {

	/** Service that answers with a proof. */
	static final ServiceName SERVICE = new ServiceName("builtin", "reachability");

	static final int RANDOM_BYTES = 32;

	static final int MIN_BYTES = 16;

	static final int MAX_BYTES = 64;

	private static final String ALGORITHM = "HmacSHA256";

	private final byte[] bytes;

	private ReachabilityToken(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Returns random bytes in hexadecimal.
	 */
	static String randomHex(int bytes) {
		byte[] random = new byte[bytes];
		new SecureRandom().nextBytes(random);
		return HexFormat.of().formatHex(random);
	}

	/**
	 * Creates a random token.
	 * @return the token
	 */
	public static ReachabilityToken random() {
		return of(randomHex(RANDOM_BYTES));
	}

	/**
	 * Creates a token from a registration.
	 * @throws AdaptiveException if it is no hexadecimal text or has a wrong length
	 */
	static ReachabilityToken of(String hex) {
		return new ReachabilityToken(parse("token", hex));
	}

	private static byte[] parse(String what, String hex) {
		boolean rightSize = hex.length() >= 2 * MIN_BYTES && hex.length() <= 2 * MAX_BYTES && hex.length() % 2 == 0;
		if (!rightSize || !hex.chars().allMatch(HexFormat::isHexDigit)) {
			throw new AdaptiveException(ErrorCode.INVALID_ARGUMENT,
					"A %s has %s to %s bytes in hexadecimal, not %s characters of whatever kind".formatted(what,
							MIN_BYTES, MAX_BYTES, hex.length()));
		}
		return HexFormat.of().parseHex(hex);
	}

	String hex() {
		return HexFormat.of().formatHex(this.bytes);
	}

	/**
	 * Creates the service by which the node proves its identity.
	 * @return the service, for WAN scope
	 */
	public Service service() {
		return Service.named(SERVICE)
			.scopes(Scope.WAN)
			.handle(ProveReachability.class, (question) -> prove(question.nonce()));
	}

	ReachabilityProof prove(String nonce) {
		byte[] message = parse("nonce", nonce);
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(this.bytes, ALGORITHM));
			return new ReachabilityProof(HexFormat.of().formatHex(mac.doFinal(message)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every JDK has " + ALGORITHM, ex);
		}
	}

	boolean accepts(String nonce, ReachabilityProof proof) {
		return MessageDigest.isEqual(prove(nonce).code().getBytes(StandardCharsets.UTF_8),
				proof.code().getBytes(StandardCharsets.UTF_8));
	}

}
