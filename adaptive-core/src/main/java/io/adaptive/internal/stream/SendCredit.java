package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.settings.Limits;

/**
 * How much this side may still send on a connection, in bytes and messages. A message
 * leaves only when all of it is there, so that one that has begun is never stopped. Both
 * amounts change together, so that no thread sees a message without its bytes.
 */
final class SendCredit {

	private static final long MAX = Integer.MAX_VALUE;

	/** The messages in the upper half, the bytes in the lower. */
	private final AtomicLong state;

	/** Whether the peer counts messages, too. */
	private final boolean counted;

	SendCredit(long bytes, long messages) {
		this.counted = messages != Limits.UNCOUNTED;
		this.state = new AtomicLong(pack(bytes, this.counted ? messages : 0));
	}

	private static long pack(long bytes, long messages) {
		return (messages << Integer.SIZE) | bytes;
	}

	private static long bytes(long state) {
		return state & MAX;
	}

	private static long messages(long state) {
		return state >>> Integer.SIZE;
	}

	/**
	 * Takes the credit of a message.
	 * @param cost in bytes
	 * @return whether it was there
	 */
	boolean tryTake(int cost) {
		return tryTake(cost, 1);
	}

	/**
	 * Takes what is missing for a message.
	 */
	boolean tryTake(int bytes, int messages) {
		int needed = this.counted ? messages : 0;
		long current = this.state.get();
		while (bytes(current) >= bytes && messages(current) >= needed) {
			if (this.state.compareAndSet(current, current - pack(bytes, needed))) {
				return true;
			}
			current = this.state.get();
		}
		return false;
	}

	/**
	 * Tells whether there is enough for a message, of about this moment.
	 * @param cost in bytes
	 */
	boolean has(int cost) {
		long current = this.state.get();
		return bytes(current) >= cost && hasMessages(current);
	}

	/**
	 * Tells whether there is not enough for any message, of about this moment.
	 */
	boolean isUsedUp() {
		return !has(Limits.MIN_COST);
	}

	private boolean hasMessages(long state) {
		return !this.counted || messages(state) > 0;
	}

	/**
	 * Adds what the peer grants.
	 * @return whether the peer may grant that much; if not, nothing is added
	 */
	boolean grant(long bytes, long messages) {
		long added = this.counted ? messages : 0;
		long current = this.state.get();
		while (bytes(current) + bytes <= MAX && messages(current) + added <= MAX) {
			if (this.state.compareAndSet(current, current + pack(bytes, added))) {
				return true;
			}
			current = this.state.get();
		}
		return false;
	}

	/**
	 * Tells whether the peer may grant as much.
	 */
	boolean mayGrant(long bytes, long messages) {
		long current = this.state.get();
		return bytes(current) + bytes <= MAX && messages(current) + messages <= MAX;
	}

	/**
	 * Gives up what is not used.
	 * @param keptBytes what stays, in bytes
	 * @return what was given up
	 */
	Unused giveUp(long keptBytes) {
		long before = this.state.getAndUpdate((current) -> Math.min(bytes(current), keptBytes));
		return new Unused((int) Math.max(0, bytes(before) - keptBytes), (int) messages(before));
	}

	long available() {
		return bytes(this.state.get());
	}

	long messages() {
		return this.counted ? messages(this.state.get()) : Limits.UNCOUNTED;
	}

	/**
	 * Credit that its holder gives up.
	 *
	 * @param bytes in bytes
	 * @param messages how many messages
	 */
	record Unused(int bytes, int messages) {

		boolean isNothing() {
			return this.bytes == 0 && this.messages == 0;
		}

	}

}
