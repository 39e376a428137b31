package io.adaptive.sample.quotes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.adaptive.stream.ContextStream;

/**
 * A subscriber as its publisher sees it. For the thread that publishes.
 */
final class Subscription {

	private final String name;

	private final ContextStream stream;

	private final Duration patience;

	private long dropped;

	/** Whether quotes are dropped until the stream is writable again. */
	private boolean slow;

	Subscription(String name, ContextStream stream, Duration patience) {
		this.name = name;
		this.stream = stream;
		this.patience = patience;
	}

	String name() {
		return this.name;
	}

	/**
	 * Sends a quote, or drops it while earlier ones wait for the subscriber.
	 */
	void offer(Quote quote) {
		if (this.stream.isWritable()) {
			this.slow = false;
			this.stream.async().send(quote);
			return;
		}
		this.dropped++;
		if (!this.slow) {
			this.slow = true;
			closeIfDead();
		}
	}

	/**
	 * Closes the stream unless all that waits leaves in time.
	 */
	private void closeIfDead() {
		this.stream.async()
			.whenWritable()
			.orTimeout(this.patience.toMillis(), TimeUnit.MILLISECONDS)
			.exceptionally((late) -> {
				this.stream.close();
				return null;
			});
	}

	/**
	 * Tells whether the stream has ended, at whichever end.
	 */
	boolean isOver() {
		return this.stream.isCancelled();
	}

	void end() {
		this.stream.async().whenWritable().thenRun(this.stream::close);
	}

	@Override
	public String toString() {
		return "%s, for which it dropped %d quotes".formatted(this.name, this.dropped);
	}

}
