package io.adaptive.internal.builtin.root;

import java.time.Duration;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Endpoint;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.Instance;
import io.adaptive.stream.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Probe that connects to the node and requests a proof of its identity.
 */
final class DialingProbe implements ReachabilityProbe {

	private static final Duration TIMEOUT = Duration.ofSeconds(3);

	private final AdaptiveClient client;

	DialingProbe(AdaptiveClient client) {
		this.client = client;
	}

	@Override
	public Outcome prove(Endpoint.Tcp address, Instance expected, @Nullable ReachabilityToken token) {
		try (Connection connection = this.client.connect(address, ReachabilityToken.SERVICE)) {
			if (!connection.info().peer().equals(expected)) {
				return new Outcome(Answer.SOMEBODY_ELSE_OR_NOBODY,
						"node %s answers there".formatted(connection.info().peer()));
			}
			if (token == null) {
				return Outcome.REACHED;
			}
			String nonce = ReachabilityToken.randomHex(ReachabilityToken.RANDOM_BYTES);
			connection.setReceiveTimeout(TIMEOUT);
			ReachabilityProof proof = connection.sendRecv(new ProveReachability(nonce), ReachabilityProof.class);
			return token.accepts(nonce, proof) ? Outcome.REACHED
					: new Outcome(Answer.SOMEBODY_ELSE_OR_NOBODY, "the node there does not know the token");
		}
		catch (ConnectionRefusedException ex) {
			return new Outcome(answer(ex), String.valueOf(ex.getMessage()));
		}
		catch (AdaptiveException ex) {
			return new Outcome(Answer.SILENCE, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Returns the meaning of a failed connection. A machine that refuses the port runs,
	 * so the node does not; a machine that cannot be reached may be cut off together with
	 * the node.
	 */
	private static Answer answer(ConnectionRefusedException refused) {
		boolean silent = refused.code() == ErrorCode.DEADLINE_EXCEEDED || refused.code() == ErrorCode.CANCELLED
				|| (refused.code() == ErrorCode.UNAVAILABLE
						&& !String.valueOf(refused.getMessage()).contains("Connection refused"));
		return silent ? Answer.SILENCE : Answer.SOMEBODY_ELSE_OR_NOBODY;
	}

}
