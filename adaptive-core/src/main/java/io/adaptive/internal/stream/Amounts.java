package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Counters of bytes and of messages, each changed on its own by any thread. Smaller than
 * two atomic numbers: each connection has some, and most are idle.
 */
final class Amounts {

	private static final AtomicLongFieldUpdater<Amounts> BYTES = AtomicLongFieldUpdater.newUpdater(Amounts.class,
			"bytes");

	private static final AtomicLongFieldUpdater<Amounts> MESSAGES = AtomicLongFieldUpdater.newUpdater(Amounts.class,
			"messages");

	private volatile long bytes;

	private volatile long messages;

	Amounts(long bytes) {
		this.bytes = bytes;
	}

	long bytes() {
		return this.bytes;
	}

	long messages() {
		return this.messages;
	}

	/**
	 * Adds bytes.
	 * @return the new number
	 */
	long addBytes(long added) {
		return BYTES.addAndGet(this, added);
	}

	/**
	 * Adds messages.
	 * @return the new number
	 */
	long addMessages(long added) {
		return MESSAGES.addAndGet(this, added);
	}

	/**
	 * Sets the bytes to 0.
	 * @return the number before
	 */
	long pollBytes() {
		return BYTES.getAndSet(this, 0);
	}

	/**
	 * Sets the messages to 0.
	 * @return the number before
	 */
	long pollMessages() {
		return MESSAGES.getAndSet(this, 0);
	}

}
