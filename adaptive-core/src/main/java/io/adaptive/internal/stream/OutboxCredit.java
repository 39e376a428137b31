package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The credit of one outbox: that of its stream, that of the connection, and the grants of
 * the peer for the first message that waits in this outbox.
 */
final class OutboxCredit {

	private final CreditCounter stream;

	private final SendCredit connection;

	/** Number of messages that have their credit, and have left or leave at once. */
	private final AtomicInteger sent = new AtomicInteger();

	/** Granted for the first message. Guarded by the lock of the outbox. */
	private int grantedBytes;

	private int grantedMessages;

	/**
	 * Whether a part of a grant was shared with the other streams, which are not yet
	 * notified.
	 */
	private volatile boolean shared;

	OutboxCredit(CreditCounter stream, SendCredit connection) {
		this.stream = stream;
		this.connection = connection;
	}

	/**
	 * Takes credit of stream and connection for a message. Needs no lock.
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
	 * Returns whether the stream has enough, so that the connection lacks credit.
	 */
	boolean streamHas(int cost) {
		return this.stream.has(cost);
	}

	/**
	 * Returns the number of messages that have left; wraps around without the highest
	 * bit.
	 */
	int sent() {
		return this.sent.get() & Integer.MAX_VALUE;
	}

	/**
	 * Returns whether messages or bytes were shared with the other streams since the last
	 * call.
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
	 * Adds connection credit granted by the peer for the first message.
	 * @return whether the grant is within the protocol's limits
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

	/**
	 * Takes credit for the first message, from its own grant first. Credit that it does
	 * not need is shared with all streams. After a grant, credit can be requested for the
	 * message again.
	 * @return whether there was enough
	 */
	boolean takeFor(WaitingMessage first) {
		int cost = first.cost();
		if (cost == 0) {
			return true;
		}
		if (this.grantedMessages == 0 && this.grantedBytes == 0) {
			return take(cost);
		}
		first.setRequested(false);
		boolean taken = take(cost, this.grantedBytes, this.grantedMessages);
		share(taken ? cost : 0, taken ? 1 : 0);
		return taken || take(cost);
	}

	/**
	 * Shares the grant with all streams, since no message waits here.
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
