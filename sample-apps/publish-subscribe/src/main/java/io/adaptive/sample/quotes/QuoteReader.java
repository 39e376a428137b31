package io.adaptive.sample.quotes;

import java.time.Duration;

import io.adaptive.message.EndOfStreamException;
import io.adaptive.stream.Connection;
import io.adaptive.stream.MessageStream;

/**
 * A subscriber. Counts what it receives and what it misses.
 */
final class QuoteReader implements Runnable {

	private static final int PAUSE_AFTER = 20;

	private final Connection quotes;

	private final String name;

	private final Duration pause;

	private volatile long received;

	private volatile long missed;

	/**
	 * Makes a subscriber.
	 * @param pause how long it works on twenty quotes
	 */
	QuoteReader(Connection quotes, String name, Duration pause) {
		this.quotes = quotes;
		this.name = name;
		this.pause = pause;
	}

	@Override
	public void run() {
		try (MessageStream stream = this.quotes.newStream()) {
			stream.send(new Subscribe(this.name));
			for (long count = 1;; count++) {
				Quote quote = stream.recv(Quote.class);
				this.missed = quote.number() - count;
				this.received = count;
				if (count % PAUSE_AFTER == 0) {
					Thread.sleep(this.pause.toMillis());
				}
			}
		}
		catch (EndOfStreamException ex) {
			System.out.println(this);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	long received() {
		return this.received;
	}

	long missed() {
		return this.missed;
	}

	/**
	 * Returns the number of the latest quote that was received.
	 */
	long latest() {
		return this.received + this.missed;
	}

	@Override
	public String toString() {
		return "%s received %d and missed %d".formatted(this.name, this.received, this.missed);
	}

}
