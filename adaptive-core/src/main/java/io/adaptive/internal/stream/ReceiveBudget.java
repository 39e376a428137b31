package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope.Credit.Purpose;

/**
 * The limit of waiting messages in one node, in messages and bytes, over all its
 * connections. Each connection has a window of credit, which grows out of this budget
 * while it is used.
 * <p>
 * While more than half of the budget is free, windows grow on their own. When it is used
 * up, senders with waiting messages queue: credit of taken messages, and unused credit of
 * other senders, is granted to them in turn, a message each. A message that a handler
 * waits for is granted in any case. One call and one other message at a time may exceed
 * the bytes of the budget: otherwise a message would be stuck if it is larger than the
 * budget, or if the handlers that hold the whole budget wait for it.
 * <p>
 * Thread-safe. Credit is sent to peers without the lock.
 */
public final class ReceiveBudget {

	/** Number of messages that a new connection may send at once. */
	private static final long FIRST_MESSAGES = 8;

	private final ReentrantLock lock = new ReentrantLock();

	private final BudgetAccount account;

	private final GrantRules rules;

	private final Deque<WindowAccount> line = new ArrayDeque<>();

	private final UnusedCredit unused = new UnusedCredit();

	private volatile boolean scarce;

	/**
	 * Creates the budget of a node.
	 * @param maxMessages number of messages that may wait for a worker; may change
	 * @param maxBytes number of bytes of messages that may wait, at least 1
	 */
	public ReceiveBudget(LongSupplier maxMessages, long maxBytes) {
		this.account = new BudgetAccount(maxMessages, maxBytes);
		this.rules = new GrantRules(this.account);
	}

	/**
	 * Creates a budget for connections without a node.
	 * @return a budget that is never used up
	 */
	public static ReceiveBudget unlimited() {
		return new ReceiveBudget(() -> Limits.UNCOUNTED, Long.MAX_VALUE / 4);
	}

	/**
	 * Checks a limit of bytes.
	 * @param bytes the limit
	 * @return the same
	 * @throws IllegalArgumentException if it is less than the initial credit of a
	 * connection
	 */
	public static long checkMemory(long bytes) {
		if (bytes < Limits.MIN_CREDIT) {
			throw new IllegalArgumentException(
					"The memory for waiting messages is at least %s bytes, not %s".formatted(Limits.MIN_CREDIT, bytes));
		}
		return bytes;
	}

	/**
	 * Returns the current use of the budget.
	 * @return the credit that connections hold, used or not
	 */
	public Balance balance() {
		this.lock.lock();
		try {
			return new Balance(this.account.messages(), this.account.bytes(), this.line.size());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Serves the queue again, after the limit of messages has changed.
	 */
	public void review() {
		update((grants) -> {
		});
	}

	/**
	 * Returns whether credit of taken messages is needed by other connections.
	 */
	boolean isScarce() {
		return this.scarce;
	}

	void open(WindowAccount window) {
		update((grants) -> {
			long bytes = Math.min(window.firstBytes(), this.account.freeToGrowBytes());
			long messages = Math.min(FIRST_MESSAGES, this.account.freeToGrowMessages(window));
			this.rules.grant(window, 0, bytes, messages, Purpose.GRANT, grants);
		});
	}

	/**
	 * Grants credit for taken messages again, unless other connections need it; a window
	 * in use grows.
	 */
	void settle(WindowAccount window) {
		update((grants) -> settle(window, grants));
	}

	private void settle(WindowAccount window, Grants grants) {
		boolean growBytes = window.isDueBytes();
		boolean growMessages = window.isDueMessages();
		long takenBytes = window.pollTakenBytes();
		long takenMessages = window.pollTakenMessages();
		long freedBytes = Math.min(takenBytes, window.overdrawnBytes());
		long freedMessages = Math.min(takenMessages, window.overdrawnMessages());
		if (window.closed) {
			freedBytes = takenBytes;
			freedMessages = takenMessages;
		}
		else if (this.scarce) {
			freedBytes = Math.max(freedBytes, Math.min(takenBytes, window.bytes() - WindowAccount.FLOOR));
			freedMessages = Math.max(freedMessages, Math.min(takenMessages, window.messages()));
		}
		this.account.shrink(window, freedBytes, freedMessages);
		if (window.closed) {
			return;
		}
		grants.add(window, 0, takenBytes - freedBytes, takenMessages - freedMessages, Purpose.GRANT);
		if (window.isEmpty()) {
			this.rules.forget(window);
		}
		if (!this.scarce) {
			this.rules.grant(
					window, 0, growBytes ? this.account.growth(window) : 0, growMessages
							? Math.min(Math.max(1, window.messages()), this.account.freeToGrowMessages(window)) : 0,
					Purpose.GRANT, grants);
		}
	}

	/**
	 * Handles a request of the peer for a message that waits for credit.
	 * @param awaited whether a handler waits for it, and for nothing that is on its way
	 */
	void request(WindowAccount window, Request request, boolean awaited) {
		update((grants) -> {
			if (window.closed) {
				return;
			}
			// The missing credit may be held back until a portion is complete.
			settle(window, grants);
			if (!awaited || !this.rules.grantInAnyCase(window, request, grants)) {
				enqueue(window, request);
			}
		});
	}

	private void enqueue(WindowAccount window, Request request) {
		if (window.add(request) && !window.inLine) {
			window.inLine = true;
			this.line.add(window);
		}
	}

	/**
	 * Notes that a handler waits for the next message of a stream, which may wait for
	 * credit.
	 * @param arrived number of messages that have arrived on the stream
	 */
	void await(WindowAccount window, int streamId, int arrived) {
		update((grants) -> {
			Request request = window.find(streamId);
			if (request != null && request.isNext(arrived) && this.rules.grantInAnyCase(window, request, grants)) {
				window.remove(streamId);
			}
		});
	}

	void withdraw(WindowAccount window, int streamId) {
		update((grants) -> window.remove(streamId));
	}

	/**
	 * Grants the available credit to the queued windows, a message each.
	 */
	private void serve(Grants grants) {
		Deque<WindowAccount> passed = new ArrayDeque<>();
		while (!this.line.isEmpty()) {
			WindowAccount window = this.line.remove();
			if (window.closed || !window.isRequesting()) {
				window.inLine = false;
				leftLine(window);
			}
			else if (serve(window, grants)) {
				this.line.add(window);
			}
			else {
				passed.add(window);
			}
		}
		this.line.addAll(passed);
	}

	/**
	 * Serves a window, unless its peer is returning credit, which a grant could rely on.
	 */
	private boolean serve(WindowAccount window, Grants grants) {
		if (window.recalled) {
			return false;
		}
		for (Request request : window.firstRequests()) {
			if (this.rules.tryGrant(window, request, grants) || this.rules.tryBeyond(window, request, grants)) {
				window.granted(request);
				return true;
			}
		}
		return false;
	}

	private void leftLine(WindowAccount window) {
		if (!window.closed && window.hasUnused()) {
			this.unused.add(window);
		}
	}

	/**
	 * Settles credit of taken messages that is held back until a portion is complete.
	 */
	private void collect(Grants grants) {
		for (WindowAccount window : this.rules.holders()) {
			if (window.hasTaken()) {
				settle(window, grants);
			}
		}
	}

	/**
	 * Takes unused credit back from the peer.
	 * @return whether the peer had that credit
	 */
	boolean giveBack(WindowAccount window, int bytes, int messages) {
		boolean[] had = { true };
		update((grants) -> {
			window.recalled = false;
			had[0] = window.disallow(bytes, messages);
			if (had[0] && !window.closed) {
				this.account.shrink(window, bytes, messages);
				settle(window, grants);
			}
		});
		return had[0];
	}

	void close(WindowAccount window) {
		update((grants) -> {
			if (!window.closed) {
				window.closed = true;
				window.clearRequests();
				settle(window, grants);
				this.account.shrink(window, window.pollUnusedBytes(), window.pollUnusedMessages());
				this.rules.forget(window);
				this.unused.remove(window);
			}
		});
	}

	private void update(Change change) {
		Grants grants = new Grants(this.unused);
		this.lock.lock();
		try {
			change.apply(grants);
			serve(grants);
			if (!this.line.isEmpty()) {
				shareOut(grants);
			}
			this.scarce = !this.line.isEmpty() || this.account.isExceeded();
		}
		finally {
			this.lock.unlock();
		}
		grants.send();
	}

	/**
	 * Collects and recalls credit for the windows that are still queued.
	 */
	private void shareOut(Grants grants) {
		if (!this.scarce) {
			// In advance: from then on credit of taken messages is not held back.
			this.scarce = true;
			collect(grants);
			serve(grants);
		}
		if (!this.line.isEmpty()) {
			// Bytes are recalled only if a message lacks them.
			this.unused.recall(grants::recall, this.rules.pollLackedBytes() ? WindowAccount.FLOOR : Integer.MAX_VALUE);
		}
	}

	/**
	 * The part of the budget held by connections.
	 *
	 * @param messages messages that may be sent or wait for a worker
	 * @param bytes bytes that may be sent or wait, without the first
	 * {@value Limits#MIN_CREDIT} of each connection
	 * @param waiting connections whose peers wait for more
	 */
	public record Balance(long messages, long bytes, int waiting) {
	}

	@FunctionalInterface
	private interface Change {

		void apply(Grants grants);

	}

}
