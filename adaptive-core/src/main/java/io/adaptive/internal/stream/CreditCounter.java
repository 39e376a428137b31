package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counter of the credit for sending on a stream, in bytes. A message larger than half of
 * the whole credit is sent when half of it is available, and makes the rest negative: the
 * receiver grants in portions, so the whole might never be available at once.
 */
final class CreditCounter {

	private final long whole;

	private final AtomicLong available;

	CreditCounter(long whole) {
		this.whole = whole;
		this.available = new AtomicLong(whole);
	}

	boolean tryTake(int cost) {
		long needed = Math.min(cost, this.whole / 2);
		long current = this.available.get();
		while (current >= needed) {
			if (this.available.compareAndSet(current, current - cost)) {
				return true;
			}
			current = this.available.get();
		}
		return false;
	}

	/**
	 * Returns whether there is enough for a message, approximately.
	 */
	boolean has(int cost) {
		return this.available.get() >= Math.min(cost, this.whole / 2);
	}

	/**
	 * Adds credit granted by the peer.
	 * @return whether the grant is within the whole credit
	 */
	boolean grant(int bytes) {
		return this.available.addAndGet(bytes) <= this.whole;
	}

	long available() {
		return this.available.get();
	}

}
