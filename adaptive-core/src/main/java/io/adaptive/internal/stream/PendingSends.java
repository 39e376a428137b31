package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.settings.PendingLimits;
import io.adaptive.spi.ScopeTraffic;

/**
 * Counter of the messages of a stream that wait for credit, one-way messages and calls.
 * Asynchronous ones are refused beyond a limit, since their senders do not wait; blocking
 * ones are bounded by their threads.
 */
final class PendingSends {

	private final PendingLimits limits;

	private final ScopeTraffic traffic;

	/**
	 * The number of messages in the upper half, their bytes in units of 256 in the lower.
	 */
	private final AtomicLong state = new AtomicLong();

	PendingSends(PendingLimits limits, ScopeTraffic traffic) {
		this.limits = limits;
		this.traffic = traffic;
	}

	private static long packed(int bytes) {
		return (1L << Integer.SIZE) | ((bytes + 255L) >>> 8);
	}

	/**
	 * Returns the number of callers that may wait until the stream is writable.
	 */
	int maxWaits() {
		return this.limits.messages();
	}

	/**
	 * Counts a message that begins to wait.
	 * @param bytes its cost
	 */
	void add(int bytes) {
		this.traffic.stalled();
		this.state.addAndGet(packed(bytes));
	}

	/**
	 * Counts a message out that no longer waits.
	 * @param bytes its cost
	 * @param nanos its waiting time in nanoseconds
	 */
	void remove(int bytes, long nanos) {
		this.state.addAndGet(-packed(bytes));
		this.traffic.resumed(nanos);
	}

	/**
	 * Checks the limits, for an asynchronous send or call.
	 * @param stream the stream, for the error
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED}
	 */
	void checkRoom(Object stream) {
		long current = this.state.get();
		long messages = current >>> Integer.SIZE;
		long bytes = (current & 0xFFFF_FFFFL) << 8;
		if (messages >= this.limits.messages() || bytes >= this.limits.bytes()) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					("%s messages of %s KB wait for credit on %s: its peer does not receive as fast. "
							+ "Wait for earlier sends and calls to complete, drop the message, or close the stream; "
							+ "the limits are adaptive.link.max-pending-messages and max-pending-size")
						.formatted(messages, bytes >> 10, stream),
					null);
		}
	}

}
