package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Bytes and messages, each counted on its own by any thread. Smaller than two atomic
 * numbers: each connection has some, and most are idle.
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
	 * @return how many there are then
	 */
	long addBytes(long added) {
		return BYTES.addAndGet(this, added);
	}

	/**
	 * Adds messages.
	 * @return how many there are then
	 */
	long addMessages(long added) {
		return MESSAGES.addAndGet(this, added);
	}

	/**
	 * Takes all bytes.
	 * @return how many there were
	 */
	long pollBytes() {
		return BYTES.getAndSet(this, 0);
	}

	/**
	 * Takes all messages.
	 * @return how many there were
	 */
	long pollMessages() {
		return MESSAGES.getAndSet(this, 0);
	}

}
