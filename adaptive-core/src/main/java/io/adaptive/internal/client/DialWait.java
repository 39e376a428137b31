package io.adaptive.internal.client;

import java.time.Duration;
import java.util.concurrent.Semaphore;

import io.adaptive.client.AdaptiveClient;
import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.MultiplexedConnection;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.message.AdaptiveException;
import io.adaptive.message.ConnectionRefusedException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.settings.DiscoveryClock;
import io.adaptive.stream.CallContext;

/**
 * Wait of a thread for the answer to a dial. The wait also ends when the message handled
 * by the thread is cancelled.
 *
 * @param clock measures the timeout
 */
record DialWait(DiscoveryClock clock) {

	private static final KeyValueLogger logger = KeyValueLogger.of(AdaptiveClient.class);

	MultiplexedConnection await(DialAttempt attempt, Duration timeout) {
		return await(attempt, this.clock.nanoTime(), timeout);
	}

	/**
	 * Waits for the connection of an attempt. An attempt without answer is abandoned.
	 * @param start the beginning of the timeout, in the time of the clock
	 * @throws ConnectionRefusedException if the peer refused it, or did not answer
	 */
	MultiplexedConnection await(DialAttempt attempt, long start, Duration timeout) {
		try {
			Semaphore done = new Semaphore(0);
			attempt.whenDone(done::release);
			CallContext.Binding bound = PropagatedContext.onCancel(done::release);
			try {
				awaitDone(attempt, done, start, timeout);
			}
			finally {
				bound.close();
			}
			return attempt.connection();
		}
		catch (InterruptedException ex) {
			attempt.abandon();
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.NOT_SENT,
					"Interrupted while connecting to " + attempt, ex);
		}
	}

	private void awaitDone(DialAttempt attempt, Semaphore done, long start, Duration timeout)
			throws InterruptedException {
		while (!attempt.isDone()) {
			long left = timeout.toNanos() - (this.clock.nanoTime() - start);
			boolean inTime = this.clock.await(done, left);
			if (attempt.isDone()) {
				return;
			}
			if (!inTime || PropagatedContext.isCancelled()) {
				attempt.abandon();
				PropagatedContext.checkCancelled();
				throw noAnswer(attempt.toString(), timeout);
			}
		}
	}

	static ConnectionRefusedException noAnswer(String target, Duration timeout) {
		logger.warn("no answer instance={} timeout={}", target, timeout);
		return new ConnectionRefusedException(ErrorCode.DEADLINE_EXCEEDED,
				"%s did not answer within %s ms".formatted(target, timeout.toMillis()));
	}

}
