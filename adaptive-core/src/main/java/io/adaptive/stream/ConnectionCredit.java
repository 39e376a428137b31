package io.adaptive.stream;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

import io.adaptive.transport.Link;
import io.adaptive.transport.ScopeTraffic;
import io.adaptive.wire.Limits;

/**
 * The credit that all streams of a connection share, in both directions.
 */
final class ConnectionCredit {

	private final Limits limits;

	private final Limits peerLimits;

	private final CreditCounter send;

	private final ReceivedCredit received;

	private final ScopeTraffic traffic;

	private final Collection<Outbox> blocked = ConcurrentHashMap.newKeySet();

	ConnectionCredit(Link link) {
		this.limits = link.limits();
		this.peerLimits = link.peerLimits();
		this.traffic = link.traffic();
		this.send = new CreditCounter(this.peerLimits.connectionCredit());
		this.received = new ReceivedCredit(this.limits.connectionCredit(), this.limits.maxMessage());
	}

	CreditCounter newStreamCounter() {
		return new CreditCounter(this.peerLimits.streamCredit());
	}

	ReceivedCredit newStreamReceiver() {
		return new ReceivedCredit(this.limits.streamCredit(), this.limits.maxMessage());
	}

	Outbox newOutbox(CreditCounter streamCredit) {
		return new Outbox(streamCredit, this.send, this.blocked, this.traffic);
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

	boolean arrived(int cost) {
		return this.received.arrived(cost);
	}

	/**
	 * Counts a message that was taken.
	 * @return what to grant the peer now, 0 for nothing yet
	 */
	int taken(int cost) {
		return this.received.taken(cost);
	}

	/**
	 * The peer allows more.
	 * @return whether it may allow that much
	 */
	boolean granted(int bytes) {
		boolean allowed = this.send.grant(bytes);
		this.blocked.forEach(Outbox::pump);
		return allowed;
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
