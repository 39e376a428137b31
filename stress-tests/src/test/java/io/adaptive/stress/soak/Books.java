package io.adaptive.stress.soak;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The books of one round, kept at both ends: the sender writes down what it sent and what
 * became of it, the receiver what it got. What does not fit together is an error.
 */
final class Books {

	private static final int MAX_ERRORS = 20;

	private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final LongAdder received = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private final List<String> errors = new CopyOnWriteArrayList<>();

	/**
	 * Sender: a message is about to be sent.
	 */
	Cargo send(byte[] bytes) {
		Cargo cargo = Cargo.of(this.lastId.incrementAndGet(), bytes);
		this.entries.put(cargo.id(), new Entry());
		this.bytes.add(bytes.length);
		return cargo;
	}

	/**
	 * Sender: this became of a message.
	 */
	void close(Cargo cargo, Outcome outcome) {
		Entry entry = this.entries.get(cargo.id());
		if (entry.outcome != null) {
			error("message %d is %s and %s".formatted(cargo.id(), entry.outcome, outcome));
		}
		entry.outcome = outcome;
	}

	/**
	 * Receiver: a message reached its handler, or came out of an inbox.
	 */
	void receive(Cargo cargo) {
		check(cargo);
		this.received.increment();
		Entry entry = this.entries.get(cargo.id());
		if (entry == null) {
			error("message %d arrived and was never sent".formatted(cargo.id()));
		}
		else if (entry.received.incrementAndGet() > 1) {
			error("message %d arrived twice".formatted(cargo.id()));
		}
	}

	/**
	 * Either end: a message or an answer must be as it was made.
	 */
	void check(Cargo cargo) {
		if (!cargo.isIntact()) {
			error("message %d with %d bytes has a wrong checksum".formatted(cargo.id(), cargo.bytes().length));
		}
	}

	/**
	 * Receiver: messages of one sender come in the order in which they were sent.
	 */
	void checkOrder(String where, long expected, long number) {
		if (expected != number) {
			error("%s: got number %d, expected %d".formatted(where, number, expected));
		}
	}

	void error(String text) {
		if (this.errors.size() < MAX_ERRORS) {
			this.errors.add(text);
		}
	}

	List<String> errors() {
		return this.errors;
	}

	/**
	 * Adds up, when nothing is on its way any more.
	 */
	Balance balance() {
		Balance balance = new Balance(this.lastId.get(), 0, 0, 0, 0, 0, this.bytes.sum());
		for (Map.Entry<Long, Entry> entry : this.entries.entrySet()) {
			balance = balance.plus(term(entry.getKey(), entry.getValue()));
		}
		if (balance.handled() != this.received.sum()) {
			error("%,d messages are handled, but %,d arrived".formatted(balance.handled(), this.received.sum()));
		}
		return balance;
	}

	private Balance term(long id, Entry entry) {
		Outcome outcome = entry.outcome;
		boolean handled = entry.received.get() > 0;
		if (outcome == null) {
			error("message %d has no outcome, and was %s".formatted(id, handled ? "handled" : "not handled"));
			return Balance.ZERO;
		}
		if (handled ? outcome == Outcome.REFUSED : outcome.isSurelyHandled()) {
			error("message %d is %s, but was %s".formatted(id, outcome, handled ? "handled" : "not handled"));
		}
		if (handled) {
			return new Balance(0, 1, 0, 0, 0, 0, 0);
		}
		return switch (outcome) {
			case REFUSED -> new Balance(0, 0, 1, 0, 0, 0, 0);
			case CANCELLED -> new Balance(0, 0, 0, 1, 0, 0, 0);
			case TIMED_OUT -> new Balance(0, 0, 0, 0, 1, 0, 0);
			case LOST -> new Balance(0, 0, 0, 0, 0, 1, 0);
			case ANSWERED, FAILED, DELIVERED -> Balance.ZERO;
		};
	}

	private static final class Entry {

		private final AtomicInteger received = new AtomicInteger();

		private volatile Outcome outcome;

	}

}
