package io.adaptive.internal.stream;

/**
 * Callbacks of an outbox for the credit of the connection. Called without a lock.
 */
@FunctionalInterface
interface CreditRequests {

	/**
	 * Requests credit for a waiting message from the peer.
	 * @param before number of messages sent on the stream before it; wraps around without
	 * the highest bit
	 */
	void request(int cost, boolean call, int before);

	/**
	 * Called when there is more credit for all streams.
	 */
	default void shared() {
	}

}
