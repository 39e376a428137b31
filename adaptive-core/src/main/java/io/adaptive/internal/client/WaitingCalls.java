package io.adaptive.internal.client;

import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;

/**
 * Counter of the asynchronous calls of a connection that wait for an instance. Blocking
 * calls are bounded by their threads.
 */
final class WaitingCalls {

	private final int max;

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Creates a counter with a limit.
	 * @param max maximum number of waiting calls
	 */
	WaitingCalls(int max) {
		this.max = max;
	}

	/**
	 * Counts a call that begins to wait.
	 * @param target the service or the instance, for the error
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED} if too many
	 * wait; then it does not count
	 */
	void add(Object target) {
		if (this.count.incrementAndGet() > this.max) {
			this.count.decrementAndGet();
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					("%s calls wait for an instance of %s, the limit is adaptive.link.max-pending-messages. "
							+ "Set a timeout for calls, or wait for earlier ones before the next")
						.formatted(this.max, target),
					null);
		}
	}

	/**
	 * Counts a call out that no longer waits.
	 */
	void remove() {
		this.count.decrementAndGet();
	}

}
