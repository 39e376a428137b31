package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much this side may still send on a stream, in bytes. A message larger than half of
 * the whole credit leaves when half of it is there and makes the rest negative: the
 * receiver grants in portions, so that waiting for all of it could be for ever.
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
	 * Tells whether there is enough for a message, of about this moment.
	 */
	boolean has(int cost) {
		return this.available.get() >= Math.min(cost, this.whole / 2);
	}

	/**
	 * Adds what the peer grants.
	 * @return whether the peer may grant that much
	 */
	boolean grant(int bytes) {
		return this.available.addAndGet(bytes) <= this.whole;
	}

	long available() {
		return this.available.get();
	}

}
