package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The remaining credit of the peer on a stream, in bytes, counted by the receiver. Credit
 * of taken messages is granted again in portions of a quarter, so that small messages do
 * not cost a frame each.
 */
final class ReceivedCredit {

	private final long portion;

	private final long overshoot;

	private final AtomicLong allowed;

	private final AtomicLong ungranted = new AtomicLong();

	private final AtomicInteger messages = new AtomicInteger();

	/**
	 * @param whole the initial credit
	 * @param maxMessage the amount by which one large message may exceed it
	 */
	ReceivedCredit(long whole, long maxMessage) {
		this.portion = whole / 4;
		this.overshoot = maxMessage;
		this.allowed = new AtomicLong(whole);
	}

	/**
	 * Counts a message.
	 * @return whether the peer had credit for it
	 */
	boolean arrived(int cost) {
		this.messages.incrementAndGet();
		return this.allowed.addAndGet(-cost) >= -this.overshoot;
	}

	/**
	 * Counts a message that was taken.
	 * @return the bytes to grant now, 0 for none yet
	 */
	int taken(int cost) {
		if (this.ungranted.addAndGet(cost) < this.portion) {
			return 0;
		}
		long grant = this.ungranted.getAndSet(0);
		// Before the grant is sent and can be used.
		this.allowed.addAndGet(grant);
		return (int) grant;
	}

	/**
	 * Returns the number of messages that have arrived; wraps around.
	 */
	int messages() {
		return this.messages.get();
	}

	long allowed() {
		return this.allowed.get();
	}

}
