package io.adaptive.internal.stream;

import java.util.function.Consumer;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;

/**
 * The credit of the peer of one connection, in bytes and messages, counted by the
 * receiver. Credit of taken messages is granted again in portions of a quarter, unless
 * the node needs it for other connections. Thread-safe.
 */
final class ReceiveWindow {

	/** In bytes; belongs to each connection, and is never withheld. */
	static final long FLOOR = WindowAccount.FLOOR;

	private final ReceiveBudget budget;

	private final WindowAccount account;

	/**
	 * Creates the window of a connection.
	 * @param limits the maximum size, and the size usable by one stream
	 * @param counted whether messages are counted, since they wait for workers
	 * @param out sends credit to the peer; called without a lock
	 */
	ReceiveWindow(ReceiveBudget budget, Limits limits, boolean counted, Consumer<Envelope.Credit> out) {
		this.budget = budget;
		this.account = new WindowAccount(limits, counted, out);
	}

	void open() {
		this.budget.open(this.account);
	}

	/**
	 * Counts a message.
	 * @return whether the peer had credit for it
	 */
	boolean arrived(int cost) {
		return this.account.arrived(cost);
	}

	/**
	 * Counts messages out that no longer wait.
	 * @param cost in bytes
	 * @param count number of messages that no longer wait for a worker
	 */
	void taken(int cost, int count) {
		if (this.account.taken(cost, count) || this.budget.isScarce()) {
			this.budget.settle(this.account);
		}
	}

	/**
	 * Handles a request of the peer for a message that waits for credit.
	 * @param awaited whether a handler waits for it, and nothing for that handler is on
	 * its way
	 */
	void requested(Request request, boolean awaited) {
		this.budget.request(this.account, request, awaited);
	}

	boolean isRequesting() {
		return this.account.isRequesting();
	}

	/**
	 * Notes that a handler waits for the next message of a stream.
	 * @param arrived number of messages that have arrived on the stream
	 */
	void awaited(int streamId, int arrived) {
		this.budget.await(this.account, streamId, arrived);
	}

	/**
	 * Removes the request of a stream, which has ended.
	 */
	void streamEnded(int streamId) {
		if (isRequesting()) {
			this.budget.withdraw(this.account, streamId);
		}
	}

	/**
	 * Takes unused credit back from the peer.
	 * @return whether the peer had that credit
	 */
	boolean returned(int bytes, int messages) {
		return this.budget.giveBack(this.account, bytes, messages);
	}

	/**
	 * Closes the window, since the connection has ended. Received messages count until
	 * they are taken.
	 */
	void close() {
		this.budget.close(this.account);
	}

	long allowedBytes() {
		return this.account.allowedBytes();
	}

}
