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
 * The credit that all streams of a connection share, in both directions.
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
	 * What the peer lets this side keep, in bytes, since it asked for the rest; negative
	 * once it has granted something after that.
	 */
	private volatile int recalled = -1;

	/** In the order in which their streams were opened; the first is found at once. */
	private final Collection<Outbox> blocked = new ConcurrentSkipListSet<>(Comparator.comparingInt(Outbox::streamId));

	/**
	 * Makes the credit of a connection.
	 * @param counted whether messages that arrive are counted
	 * @param budget what the node can hold
	 * @param out tells the peer
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
	 * Makes the counter of what the peer keeps of the one-way answers on a stream.
	 */
	CreditCounter newAnswerCounter() {
		return newStreamCounter();
	}

	/**
	 * Makes the counter of the one-way answers on a stream that are kept here.
	 */
	ReceivedCredit newAnswerReceiver() {
		return newStreamReceiver();
	}

	ReceivedCredit newStreamReceiver() {
		return new ReceivedCredit(this.limits.streamCredit(), this.limits.maxMessage());
	}

	Outbox newOutbox(int streamId, CreditCounter streamCredit) {
		return new Outbox(streamId, streamCredit, this.send, this.blocked,
				new PendingSends(this.pendingLimits, this.traffic), new StreamRequests(streamId));
	}

	/**
	 * Returns what the peer may send.
	 */
	ReceiveWindow received() {
		return this.received;
	}

	/**
	 * Returns what may be sent now.
	 */
	long available() {
		return this.send.available();
	}

	/**
	 * Adds up what waits for credit.
	 */
	Blocked blocked() {
		Blocked sum = new Blocked(0, 0, 0);
		for (Outbox outbox : this.blocked) {
			sum = sum.plus(outbox.waitingMessages(), outbox.waitingNanos());
		}
		return sum;
	}

	/**
	 * The peer allows more.
	 * @return whether it may allow that much
	 */
	boolean granted(int bytes, int messages) {
		this.recalled = -1;
		boolean allowed = this.send.grant(bytes, messages);
		pump();
		return allowed;
	}

	/**
	 * The peer allows more, for the first message that waits on a stream.
	 * @return whether it may allow that much
	 */
	boolean grantedWaiting(Outbox outbox, int bytes, int messages) {
		this.recalled = -1;
		return outbox.granted(bytes, messages);
	}

	/**
	 * Sends what waits and now has credit. Thousands of streams may wait, so that only
	 * those are asked whose first message there is credit for.
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
	 * Gives back what is not used.
	 * @param keptBytes what stays, in bytes
	 */
	void recalled(int keptBytes) {
		// Before looking: what is left of an earlier grant is given back, too.
		this.recalled = keptBytes;
		giveBack(this.send.giveUp(keptBytes));
	}

	private void giveBack(SendCredit.Unused unused) {
		this.out.accept(new Envelope.Credit(0, unused.bytes(), unused.messages(), Envelope.Credit.Purpose.RETURN));
	}

	/**
	 * Lets all streams use what is left of a grant, unless the peer wants it back.
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
	 * What waits for credit.
	 *
	 * @param streams on how many streams
	 * @param messages how many messages
	 * @param nanos for how long the first of them, in nanoseconds
	 */
	record Blocked(int streams, int messages, long nanos) {

		private Blocked plus(int messages, long nanos) {
			return (messages > 0) ? new Blocked(this.streams + 1, this.messages + messages, Math.max(this.nanos, nanos))
					: this;
		}

	}

}
