package io.adaptive.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;

/**
 * A call that waits for its answer; the first outcome stands.
 */
final class PendingCall extends CompletableFuture<Arrival> {

	private final int streamId;

	PendingCall(int streamId) {
		this.streamId = streamId;
	}

	int streamId() {
		return this.streamId;
	}

	/**
	 * Waits for the outcome.
	 * @param timeout how long, zero for no limit
	 */
	Arrival await(Duration timeout) {
		try {
			return timeout.isZero() ? get() : get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw new ReceiveTimeoutException("No answer within %d ms".formatted(timeout.toMillis()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.UNKNOWN,
					"Interrupted while waiting for the answer", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A call is never completed by an exception", ex);
		}
	}

}
