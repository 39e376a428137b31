package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.settings.Limits;

/**
 * The credit for sending on a connection, in bytes and messages. A message is sent only
 * when all of its credit is available, so a message once begun is never stopped. Both
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
	 * @return whether it was available
	 */
	boolean tryTake(int cost) {
		return tryTake(cost, 1);
	}

	/**
	 * Takes credit, for a message that has a part of it already.
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
	 * Returns whether there is enough for a message, approximately.
	 * @param cost in bytes
	 */
	boolean has(int cost) {
		long current = this.state.get();
		return bytes(current) >= cost && hasMessages(current);
	}

	/**
	 * Returns whether there is not enough for any message, approximately.
	 */
	boolean isUsedUp() {
		return !has(Limits.MIN_COST);
	}

	private boolean hasMessages(long state) {
		return !this.counted || messages(state) > 0;
	}

	/**
	 * Adds credit granted by the peer.
	 * @return whether the grant is within the protocol's limits; if not, nothing is added
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
	 * Returns whether the peer may grant an amount.
	 */
	boolean mayGrant(long bytes, long messages) {
		long current = this.state.get();
		return bytes(current) + bytes <= MAX && messages(current) + messages <= MAX;
	}

	/**
	 * Gives up unused credit.
	 * @param keptBytes the bytes that stay
	 * @return the credit given up
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
	 * @param bytes number of bytes
	 * @param messages number of messages
	 */
	record Unused(int bytes, int messages) {

		boolean isNothing() {
			return this.bytes == 0 && this.messages == 0;
		}

	}

}
