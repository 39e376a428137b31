package io.adaptive.stress.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The books of one round, kept by each end: what it sent and what became of it, and what
 * it got. What does not fit together, once they are put together, is an error.
 */
final class Books {

	private static final int MAX_ERRORS = 20;

	private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

	private final AtomicLong lastId;

	private final LongAdder sent = new LongAdder();

	private final LongAdder received = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private final List<String> errors = new CopyOnWriteArrayList<>();

	/**
	 * Opens the books.
	 * @param noId the messages sent by the owner get higher ids, those of the other end
	 * others
	 */
	Books(long noId) {
		this.lastId = new AtomicLong(noId);
	}

	/**
	 * Sender: a message is about to be sent.
	 */
	Cargo send(byte[] bytes) {
		Cargo cargo = Cargo.of(this.lastId.incrementAndGet(), bytes);
		entry(cargo.id());
		this.sent.increment();
		this.bytes.add(bytes.length);
		return cargo;
	}

	/**
	 * Sender: this became of a message.
	 */
	void close(Cargo cargo, Outcome outcome) {
		Entry entry = entry(cargo.id());
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
		if (entry(cargo.id()).received.incrementAndGet() > 1) {
			error("message %d arrived twice".formatted(cargo.id()));
		}
	}

	private Entry entry(long id) {
		return this.entries.computeIfAbsent(id, (key) -> new Entry());
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
	 * Returns what the other end must know.
	 */
	Statement statement() {
		List<Long> ids = new ArrayList<>(this.entries.keySet());
		int size = ids.size();
		Statement statement = new Statement(new long[size], new byte[size], new int[size], this.sent.sum(),
				this.received.sum(), this.bytes.sum(), List.copyOf(this.errors));
		for (int i = 0; i < size; i++) {
			Entry entry = this.entries.get(ids.get(i));
			statement.ids()[i] = ids.get(i);
			statement.outcomes()[i] = (byte) ((entry.outcome != null) ? entry.outcome.ordinal() : -1);
			statement.received()[i] = entry.received.get();
		}
		return statement;
	}

	/**
	 * Enters what the other end has in its books.
	 */
	void add(Statement other) {
		for (int i = 0; i < other.ids().length; i++) {
			Entry entry = entry(other.ids()[i]);
			entry.received.addAndGet(other.received()[i]);
			if (other.outcomes()[i] >= 0) {
				entry.outcome = Outcome.values()[other.outcomes()[i]];
			}
		}
		this.sent.add(other.allSent());
		this.received.add(other.allReceived());
		this.bytes.add(other.bytes());
		this.errors.addAll(other.errors());
	}

	/**
	 * Adds up, when nothing is on its way any more.
	 */
	Balance balance() {
		Balance balance = new Balance(this.sent.sum(), 0, 0, 0, 0, 0, this.bytes.sum());
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

	/**
	 * The books of one end.
	 *
	 * @param ids the messages
	 * @param outcomes their outcomes, -1 for those that the other end sent
	 * @param received how often this end got them
	 * @param allSent how many this end sent
	 * @param allReceived how many this end got
	 * @param bytes how many bytes this end sent
	 * @param errors what this end saw to be wrong
	 */
	record Statement(long[] ids, byte[] outcomes, int[] received, long allSent, long allReceived, long bytes,
			List<String> errors) {
	}

	private static final class Entry {

		private final AtomicInteger received = new AtomicInteger();

		private volatile Outcome outcome;

	}

}
