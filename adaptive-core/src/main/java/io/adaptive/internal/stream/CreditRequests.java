package io.adaptive.internal.stream;

/**
 * What an outbox has to say about the credit of the connection. Called without a lock.
 */
@FunctionalInterface
interface CreditRequests {

	/**
	 * Tells the peer that a message waits for credit.
	 * @param before how many messages have left the stream before it; wraps around
	 * without the highest bit
	 */
	void request(int cost, boolean call, int before);

	/**
	 * There is more for all streams.
	 */
	default void shared() {
	}

}
