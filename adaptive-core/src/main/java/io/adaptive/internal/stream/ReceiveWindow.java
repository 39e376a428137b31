package io.adaptive.internal.stream;

import java.util.function.Consumer;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope;

/**
 * What the peer of one connection may send, in bytes and messages, as the receiver counts
 * it. What is taken is granted again in portions of a quarter, unless the node has a
 * better use for it. For any number of threads.
 */
final class ReceiveWindow {

	/** In bytes; belongs to each connection, and is never withheld. */
	static final long FLOOR = WindowAccount.FLOOR;

	private final ReceiveBudget budget;

	private final WindowAccount account;

	/**
	 * Makes the window of a connection.
	 * @param limits how large it may grow, and what one stream can use
	 * @param counted whether messages are counted, since they wait for workers
	 * @param out tells the peer; called without a lock
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
	 * Counts what is no longer waiting.
	 * @param cost in bytes
	 * @param count how many messages wait no longer for a worker
	 */
	void taken(int cost, int count) {
		if (this.account.taken(cost, count) || this.budget.isScarce()) {
			this.budget.settle(this.account);
		}
	}

	/**
	 * A message of the peer waits for credit.
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
	 * A handler waits for the next message of a stream.
	 * @param arrived how many messages have arrived on the stream
	 */
	void awaited(int streamId, int arrived) {
		this.budget.await(this.account, streamId, arrived);
	}

	/**
	 * Nothing more comes on a stream.
	 */
	void streamEnded(int streamId) {
		if (isRequesting()) {
			this.budget.withdraw(this.account, streamId);
		}
	}

	/**
	 * The peer gives back what it does not use.
	 * @return whether it had that
	 */
	boolean returned(int bytes, int messages) {
		return this.budget.giveBack(this.account, bytes, messages);
	}

	/**
	 * The connection has ended. What it sent is counted until it is taken.
	 */
	void close() {
		this.budget.close(this.account);
	}

	long allowedBytes() {
		return this.account.allowedBytes();
	}

}
