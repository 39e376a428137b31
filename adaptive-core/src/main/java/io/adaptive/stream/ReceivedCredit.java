package io.adaptive.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the peer has sent and nobody has taken yet, in bytes. What is taken is granted
 * again in portions of a quarter, so that small messages do not cost a frame each.
 */
final class ReceivedCredit {

	private final long whole;

	private final long overshoot;

	private final AtomicLong waiting = new AtomicLong();

	private final AtomicLong ungranted = new AtomicLong();

	/**
	 * @param whole what the peer was granted at the start
	 * @param maxMessage by how much one large message may exceed it
	 */
	ReceivedCredit(long whole, long maxMessage) {
		this.whole = whole;
		this.overshoot = maxMessage;
	}

	/**
	 * Counts a message.
	 * @return whether the peer had credit for it
	 */
	boolean arrived(int cost) {
		return this.waiting.addAndGet(cost) <= this.whole + this.overshoot;
	}

	/**
	 * Counts a message that was taken.
	 * @return what to grant now, 0 for nothing yet
	 */
	int taken(int cost) {
		this.waiting.addAndGet(-cost);
		return (this.ungranted.addAndGet(cost) >= this.whole / 4) ? (int) this.ungranted.getAndSet(0) : 0;
	}

	long waiting() {
		return this.waiting.get();
	}

}
