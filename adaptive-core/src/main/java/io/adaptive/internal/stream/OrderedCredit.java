package io.adaptive.internal.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.adaptive.spi.Envelope;

/**
 * The credit envelopes for the peer of a connection, sent in the order in which they were
 * decided. Any thread may add and send.
 */
final class OrderedCredit {

	private final Consumer<Envelope.Credit> out;

	private final Queue<Envelope.Credit> queue = new ConcurrentLinkedQueue<>();

	/** Number of pending reasons to send; the thread that makes it positive sends. */
	private final AtomicInteger senders = new AtomicInteger();

	OrderedCredit(Consumer<Envelope.Credit> out) {
		this.out = out;
	}

	void add(Envelope.Credit credit) {
		this.queue.add(credit);
	}

	/**
	 * Sends the queued envelopes. Called without a lock. While another thread sends, this
	 * returns and the other thread goes on, since within a process sending runs the
	 * peer's code.
	 */
	void send() {
		if (this.senders.getAndIncrement() != 0) {
			return;
		}
		try {
			int seen = 1;
			do {
				for (Envelope.Credit next = this.queue.poll(); next != null; next = this.queue.poll()) {
					this.out.accept(next);
				}
				seen = this.senders.addAndGet(-seen);
			}
			while (seen != 0);
		}
		catch (RuntimeException | Error ex) {
			this.senders.set(0);
			throw ex;
		}
	}

}
