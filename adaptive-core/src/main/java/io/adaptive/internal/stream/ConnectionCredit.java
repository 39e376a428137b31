package io.adaptive.internal.stream;

import java.util.Collection;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

import io.adaptive.settings.Limits;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.Envelope;
import io.adaptive.spi.Link;
import io.adaptive.spi.ScopeTraffic;

/**
 * The credit shared by all streams of a connection, in both directions.
 */
final class ConnectionCredit {

	private final Limits limits;

	private final Limits peerLimits;

	private final SendCredit send;

	private final ReceiveWindow received;

	private final PendingLimits pendingLimits;

	private final ScopeTraffic traffic;

	private final Consumer<Envelope.Credit> out;

	/**
	 * The bytes that this side may keep since the peer recalled the rest; negative once
	 * the peer has granted credit after that.
	 */
	private volatile int recalled = -1;

	/** In the order in which their streams were opened; the first is found at once. */
	private final Collection<Outbox> blocked = new ConcurrentSkipListSet<>(Comparator.comparingInt(Outbox::streamId));

	/**
	 * Creates the credit of a connection.
	 * @param counted whether incoming messages are counted
	 * @param budget the receive budget of the node
	 * @param out sends credit envelopes to the peer
	 */
	ConnectionCredit(Link link, boolean counted, ReceiveBudget budget, Consumer<Envelope.Credit> out) {
		this.limits = link.limits();
		this.peerLimits = link.peerLimits();
		this.pendingLimits = link.pendingLimits();
		this.traffic = link.traffic();
		this.out = out;
		this.send = new SendCredit(this.peerLimits.connectionCredit(), this.peerLimits.messageCredit());
		this.received = new ReceiveWindow(budget, this.limits, counted, out);
	}

	CreditCounter newStreamCounter() {
		return new CreditCounter(this.peerLimits.streamCredit());
	}

	/**
	 * Creates the counter of the room that the peer has for one-way answers on a stream.
	 */
	CreditCounter newAnswerCounter() {
		return newStreamCounter();
	}

	/**
	 * Creates the counter of the room that this side has for one-way answers on a stream.
	 */
	ReceivedCredit newAnswerReceiver() {
		return newStreamReceiver();
	}

	ReceivedCredit newStreamReceiver() {
		return new ReceivedCredit(this.limits.streamCredit(), this.limits.maxMessage());
	}

	Outbox newOutbox(int streamId, CreditCounter streamCredit) {
		return new Outbox(streamId, new OutboxCredit(streamCredit, this.send), this.blocked,
				new PendingSends(this.pendingLimits, this.traffic), new StreamRequests(streamId));
	}

	/**
	 * Returns the window of the peer.
	 */
	ReceiveWindow received() {
		return this.received;
	}

	/**
	 * Returns the bytes that may be sent now.
	 */
	long available() {
		return this.send.available();
	}

	/**
	 * Returns the sum of the messages that wait for credit.
	 */
	Blocked blocked() {
		Blocked sum = new Blocked(0, 0, 0);
		for (Outbox outbox : this.blocked) {
			sum = sum.plus(outbox.waitingMessages(), outbox.waitingNanos());
		}
		return sum;
	}

	/**
	 * Adds credit granted by the peer.
	 * @return whether the grant is within the protocol's limits
	 */
	boolean granted(int bytes, int messages) {
		this.recalled = -1;
		boolean allowed = this.send.grant(bytes, messages);
		pump();
		return allowed;
	}

	/**
	 * Adds credit granted by the peer for the first message that waits on a stream.
	 * @return whether the grant is within the protocol's limits
	 */
	boolean grantedWaiting(Outbox outbox, int bytes, int messages) {
		this.recalled = -1;
		return outbox.granted(bytes, messages);
	}

	/**
	 * Sends waiting messages that now have credit. Thousands of streams may wait, so only
	 * those are visited whose first message is covered.
	 */
	void pump() {
		for (Outbox outbox : this.blocked) {
			if (this.send.isUsedUp()) {
				return;
			}
			if (this.send.has(outbox.firstCost())) {
				outbox.pump();
			}
		}
	}

	/**
	 * Returns unused credit to the peer.
	 * @param keptBytes the bytes that stay
	 */
	void recalled(int keptBytes) {
		// Set in advance, so that the rest of an earlier grant is returned, too.
		this.recalled = keptBytes;
		giveBack(this.send.giveUp(keptBytes));
	}

	private void giveBack(SendCredit.Unused unused) {
		this.out.accept(new Envelope.Credit(0, unused.bytes(), unused.messages(), Envelope.Credit.Purpose.RETURN));
	}

	/**
	 * Shares the rest of a grant among all streams, unless the peer has recalled it.
	 */
	private void shared() {
		pump();
		int kept = this.recalled;
		if (kept >= 0) {
			SendCredit.Unused unused = this.send.giveUp(kept);
			if (!unused.isNothing()) {
				giveBack(unused);
			}
		}
	}

	/**
	 * The requests of a stream.
	 */
	private final class StreamRequests implements CreditRequests {

		private final int streamId;

		StreamRequests(int streamId) {
			this.streamId = streamId;
		}

		@Override
		public void request(int cost, boolean call, int before) {
			ConnectionCredit.this.out.accept(new Envelope.Credit(this.streamId, cost, before,
					call ? Envelope.Credit.Purpose.REQUEST_CALL : Envelope.Credit.Purpose.REQUEST));
		}

		@Override
		public void shared() {
			ConnectionCredit.this.shared();
		}

	}

	/**
	 * The messages that wait for credit.
	 *
	 * @param streams number of streams
	 * @param messages number of messages
	 * @param nanos waiting time of the first of them, in nanoseconds
	 */
	record Blocked(int streams, int messages, long nanos) {

		private Blocked plus(int messages, long nanos) {
			return (messages > 0) ? new Blocked(this.streams + 1, this.messages + messages, Math.max(this.nanos, nanos))
					: this;
		}

	}

}
