package io.adaptive.internal.beacon;

import java.net.InetAddress;
import java.util.Map;

import io.adaptive.message.Instance;

/**
 * Recent senders with their replay windows, liveness proofs and rate limits. The least
 * recently active senders are evicted, and have to prove their liveness again.
 */
final class Senders {

	static final int MAX_SENDERS = 4_096;

	/** Burst that has room for the announcements of thousands of services at once. */
	private static final long RECEIVE_BURST = 4_000;

	private static final long RECEIVE_PER_SECOND = 1_000;

	private static final long ANSWER_BURST = 400;

	private static final long ANSWERS_PER_SECOND = 100;

	private final Map<Long, Sender> byNonce = new Bounded<>(MAX_SENDERS);

	private final Map<InetAddress, Allowance> byAddress = new Bounded<>(MAX_SENDERS);

	private final boolean trusting;

	/**
	 * Creates the table.
	 * @param trusting whether senders need no proof of liveness
	 */
	Senders(boolean trusting) {
		this.trusting = trusting;
	}

	boolean mayReceive(InetAddress from, long now) {
		return allowance(from, now).receive.take(1, now);
	}

	boolean mayAnswer(InetAddress to, long datagrams, long now) {
		return allowance(to, now).answer.take(Math.min(datagrams, ANSWER_BURST), now);
	}

	private Allowance allowance(InetAddress address, long now) {
		return this.byAddress.computeIfAbsent(address,
				(absent) -> new Allowance(new TokenBucket(RECEIVE_BURST, RECEIVE_PER_SECOND, now),
						new TokenBucket(ANSWER_BURST, ANSWERS_PER_SECOND, now)));
	}

	/**
	 * Accepts a datagram, unless it was received before.
	 * @return the sender
	 * @throws DroppedException if the datagram was received before, or uses the nonce of
	 * another sender
	 */
	Sender take(Datagram datagram) throws DroppedException {
		Instance speaker = datagram.content().speaker();
		Sender sender = this.byNonce.computeIfAbsent(datagram.nonce(), (absent) -> new Sender(speaker, this.trusting));
		if (!sender.instance.equals(speaker)) {
			throw new DroppedException(DropReason.MALFORMED, "%s uses the nonce of another".formatted(speaker));
		}
		if (!sender.window.take(datagram.counter())) {
			throw new DroppedException(DropReason.REPLAYED,
					"datagram %s of %s was here before".formatted(datagram.counter(), speaker));
		}
		return sender;
	}

	private record Allowance(TokenBucket receive, TokenBucket answer) {
	}

	/**
	 * Sender: one start of a node.
	 */
	static final class Sender {

		private final Instance instance;

		private final ReplayWindow window = new ReplayWindow();

		private boolean proven;

		private Sender(Instance instance, boolean proven) {
			this.instance = instance;
			this.proven = proven;
		}

		boolean isProven() {
			return this.proven;
		}

		/**
		 * Marks the sender as live after an answer to a current challenge. Older
		 * datagrams are refused, since they may be recordings.
		 */
		void prove(long counter) {
			if (!this.proven) {
				this.proven = true;
				this.window.forgetBelow(counter);
			}
		}

	}

}
