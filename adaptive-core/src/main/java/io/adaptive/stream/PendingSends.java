package io.adaptive.stream;

import java.util.concurrent.atomic.AtomicLong;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;

/**
 * The one-way messages of a stream that wait for credit. Asynchronous sends are refused
 * beyond a bound, since their senders do not wait; blocking ones are bounded by their
 * threads.
 */
final class PendingSends {

	/** How many messages may wait. */
	static final int MAX_MESSAGES = 16 * 1024;

	/** How many bytes may wait, beside one message of any size. */
	static final int MAX_BYTES = 16 << 20;

	/** The messages in the upper half, the bytes in units of 256 in the lower. */
	private final AtomicLong state = new AtomicLong();

	private static long packed(int bytes) {
		return (1L << Integer.SIZE) | ((bytes + 255) >>> 8);
	}

	void add(int bytes) {
		this.state.addAndGet(packed(bytes));
	}

	void remove(int bytes) {
		this.state.addAndGet(-packed(bytes));
	}

	/**
	 * Refuses an asynchronous send if too much waits.
	 * @param stream the stream, for the error
	 * @throws AdaptiveException with {@link ErrorCode#RESOURCE_EXHAUSTED}
	 */
	void checkRoom(Object stream) {
		long current = this.state.get();
		long messages = current >>> Integer.SIZE;
		long bytes = (current & 0xFFFF_FFFFL) << 8;
		if (messages >= MAX_MESSAGES || bytes >= MAX_BYTES) {
			throw new AdaptiveException(ErrorCode.RESOURCE_EXHAUSTED, Delivery.NOT_SENT,
					("%d messages of %d KB wait for credit on %s: its peer does not receive as fast. "
							+ "Wait for earlier sends to complete, drop the message, or close the stream")
						.formatted(messages, bytes >> 10, stream),
					null);
		}
	}

}
