package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The credit of one outbox: that of its stream, that of the connection, and what the peer
 * has granted the connection for the first message that waits in this outbox.
 */
final class OutboxCredit {

	private final CreditCounter stream;

	private final SendCredit connection;

	/** How many messages have left or will leave at once, which have their credit. */
	private final AtomicInteger sent = new AtomicInteger();

	/** Granted for the first message. Guarded by the lock of the outbox. */
	private int grantedBytes;

	private int grantedMessages;

	/** A part of a grant was left for all streams, which have not been told. */
	private volatile boolean shared;

	OutboxCredit(CreditCounter stream, SendCredit connection) {
		this.stream = stream;
		this.connection = connection;
	}

	/**
	 * Takes credit of both for a message. Needs no lock.
	 * @return whether there was enough
	 */
	boolean take(int cost) {
		return take(cost, 0, 0);
	}

	private boolean take(int cost, int grantedBytes, int grantedMessages) {
		if (!this.stream.tryTake(cost)) {
			return false;
		}
		if (!this.connection.tryTake(Math.max(0, cost - grantedBytes), Math.max(0, 1 - grantedMessages))) {
			this.stream.grant(cost);
			return false;
		}
		this.sent.incrementAndGet();
		return true;
	}

	/**
	 * Tells whether the stream has enough, so that it is the connection that has not.
	 */
	boolean streamHas(int cost) {
		return this.stream.has(cost);
	}

	/**
	 * Counts the messages that have left.
	 * @return how many; wraps around without the highest bit
	 */
	int sent() {
		return this.sent.get() & Integer.MAX_VALUE;
	}

	/**
	 * Tells whether there were messages or bytes left to be shared since the last time.
	 */
	boolean pollShared() {
		if (!this.shared) {
			return false;
		}
		this.shared = false;
		return true;
	}

	// Below, with the lock of the outbox.

	/**
	 * Takes what the peer grants the connection for the first message.
	 * @return whether it may grant that much
	 */
	boolean granted(int bytes, int messages) {
		boolean allowed = this.connection.mayGrant((long) this.grantedBytes + bytes,
				(long) this.grantedMessages + messages);
		if (allowed) {
			this.grantedBytes += bytes;
			this.grantedMessages += messages;
		}
		return allowed;
	}

	boolean isGranted() {
		return this.grantedMessages != 0 || this.grantedBytes != 0;
	}

	/**
	 * Takes credit for the first message, that first which was granted for it. What it
	 * does not need is for all streams.
	 * @return whether there was enough
	 */
	boolean takeForFirst(int cost) {
		if (!isGranted()) {
			return take(cost);
		}
		boolean taken = take(cost, this.grantedBytes, this.grantedMessages);
		share(taken ? cost : 0, taken ? 1 : 0);
		return taken || take(cost);
	}

	/**
	 * Lets all streams have what was granted, since nothing waits here.
	 */
	void share() {
		share(0, 0);
	}

	private void share(int usedBytes, int usedMessages) {
		int bytes = Math.max(0, this.grantedBytes - usedBytes);
		int messages = Math.max(0, this.grantedMessages - usedMessages);
		if (bytes > 0 || messages > 0) {
			this.connection.grant(bytes, messages);
			this.shared = true;
		}
		this.grantedBytes = 0;
		this.grantedMessages = 0;
	}

}
