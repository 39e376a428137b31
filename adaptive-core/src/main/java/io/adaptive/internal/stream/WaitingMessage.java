package io.adaptive.internal.stream;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.spi.Link;
import org.jspecify.annotations.Nullable;

/**
 * A message that waits for credit; completes when it has left.
 */
final class WaitingMessage extends Operation<@Nullable Void> {

	private final Queue queue;

	private final Link.PreparedEnvelope prepared;

	private final int cost;

	private final boolean call;

	/**
	 * Whether credit for it was requested from the peer. Guarded by the lock of the
	 * queue.
	 */
	private boolean requested;

	private final long since = System.nanoTime();

	WaitingMessage(Queue queue, Link.PreparedEnvelope prepared, int cost, boolean call) {
		this.queue = queue;
		this.prepared = prepared;
		this.cost = cost;
		this.call = call;
	}

	int cost() {
		return this.cost;
	}

	boolean isCall() {
		return this.call;
	}

	boolean isRequested() {
		return this.requested;
	}

	void setRequested(boolean requested) {
		this.requested = requested;
	}

	long waitedNanos() {
		return System.nanoTime() - this.since;
	}

	void discard() {
		this.prepared.discard();
	}

	/**
	 * Sends the message, and completes.
	 */
	void leave() {
		try {
			this.prepared.send();
			complete(null);
		}
		catch (RuntimeException | Error ex) {
			completeExceptionally(ex);
		}
	}

	@Override
	String awaited() {
		return "credit";
	}

	@Override
	boolean giveUp() {
		return this.queue.withdraw(this);
	}

	@Override
	Delivery deliveryWhenGivenUp() {
		return Delivery.NOT_SENT;
	}

	/**
	 * The message was withdrawn, so the peer never sees it.
	 */
	@Override
	AdaptiveException timedOut(String message) {
		return new AdaptiveException(ErrorCode.DEADLINE_EXCEEDED, Delivery.NOT_SENT,
				message + ": the peer does not accept earlier messages", null);
	}

	/**
	 * The queue of waiting messages.
	 */
	interface Queue {

		/**
		 * Withdraws a message that has not left.
		 * @return whether it had not
		 */
		boolean withdraw(WaitingMessage message);

	}

}
