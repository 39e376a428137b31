package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the peer may still send, in bytes, as this side counts it. What is taken is
 * granted again in portions of a quarter, so that small messages do not cost a frame
 * each.
 */
final class ReceivedCredit {

	private final long portion;

	private final long overshoot;

	private final AtomicLong allowed;

	private final AtomicLong ungranted = new AtomicLong();

	private final AtomicInteger messages = new AtomicInteger();

	/**
	 * @param whole what the peer was granted at the start
	 * @param maxMessage by how much one large message may exceed it
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
	 * @return what to grant now, 0 for nothing yet
	 */
	int taken(int cost) {
		if (this.ungranted.addAndGet(cost) < this.portion) {
			return 0;
		}
		long grant = this.ungranted.getAndSet(0);
		// Before the peer is told and can make use of it.
		this.allowed.addAndGet(grant);
		return (int) grant;
	}

	/**
	 * Returns how many messages have arrived; wraps around.
	 */
	int messages() {
		return this.messages.get();
	}

	long allowed() {
		return this.allowed.get();
	}

}
