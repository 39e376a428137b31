package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.settings.Limits;
import io.adaptive.spi.Envelope.Credit.Purpose;

/**
 * How much may wait in one node, in messages and bytes, over all its connections. Each
 * connection has a window of credit that grows out of this budget while it is used.
 * <p>
 * While more than half of the budget is free, windows grow by themselves. When it is used
 * up, senders that have something to send stand in line: what is taken anywhere, and what
 * other senders hold and do not use, is given to them in turn, a message each. A message
 * that a handler waits for is granted in any case; and one call and one other message at
 * a time may exceed the bytes of the budget, so that one that is larger than the budget,
 * or on which the handlers wait that hold all of it, is not stuck.
 * <p>
 * For any number of threads. Peers are told without the lock.
 */
public final class ReceiveBudget {

	/** How many messages a new connection may send at once. */
	private static final long FIRST_MESSAGES = 8;

	private final ReentrantLock lock = new ReentrantLock();

	private final BudgetAccount account;

	private final GrantRules rules;

	private final Deque<WindowAccount> line = new ArrayDeque<>();

	private final UnusedCredit unused = new UnusedCredit();

	private volatile boolean scarce;

	/**
	 * Makes the budget of a node.
	 * @param maxMessages how many messages may wait for a worker; may change
	 * @param maxBytes how many bytes of messages may wait, at least 1
	 */
	public ReceiveBudget(LongSupplier maxMessages, long maxBytes) {
		this.account = new BudgetAccount(maxMessages, maxBytes);
		this.rules = new GrantRules(this.account);
	}

	/**
	 * Makes a budget for connections that belong to no node.
	 * @return a budget that is never used up
	 */
	public static ReceiveBudget unlimited() {
		return new ReceiveBudget(() -> Limits.UNCOUNTED, Long.MAX_VALUE / 4);
	}

	/**
	 * Checks how many bytes may wait.
	 * @param bytes how many
	 * @return the same
	 * @throws IllegalArgumentException if it is less than what a connection begins with
	 */
	public static long checkMemory(long bytes) {
		if (bytes < Limits.MIN_CREDIT) {
			throw new IllegalArgumentException(
					"The memory for waiting messages is at least %s bytes, not %s".formatted(Limits.MIN_CREDIT, bytes));
		}
		return bytes;
	}

	/**
	 * Reads the books.
	 * @return what connections hold, used or not
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
	 * Looks at the line again, since the number of messages that may wait has changed.
	 */
	public void review() {
		update((grants) -> {
		});
	}

	/**
	 * Tells whether what is taken is needed elsewhere.
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
	 * What was taken is granted again, unless it is needed elsewhere; a window that is
	 * used grows.
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
	 * A message of the peer waits for credit.
	 * @param awaited whether a handler waits for it, and for nothing that is on its way
	 */
	void request(WindowAccount window, Request request, boolean awaited) {
		update((grants) -> {
			if (window.closed) {
				return;
			}
			// It may lack no more than what is kept back until a portion is complete.
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
	 * A handler waits for the next message of a stream, which may wait for credit.
	 * @param arrived how many messages have arrived on the stream
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
	 * Gives those in line what there is, a message each.
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
	 * Serves no window whose peer is giving something back: that could be a part of what
	 * the grant builds on.
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
	 * Takes what was taken and is kept back until a portion is complete.
	 */
	private void collect(Grants grants) {
		for (WindowAccount window : this.rules.holders()) {
			if (window.hasTaken()) {
				settle(window, grants);
			}
		}
	}

	/**
	 * The peer gives back what it did not use.
	 * @return whether it had that
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
	 * Some stand in line although they were served.
	 */
	private void shareOut(Grants grants) {
		if (!this.scarce) {
			// Before looking: from now on what is taken is not kept back.
			this.scarce = true;
			collect(grants);
			serve(grants);
		}
		if (!this.line.isEmpty()) {
			// Bytes that nobody lacks stay where they are.
			this.unused.recall(grants::recall, this.rules.pollLackedBytes() ? WindowAccount.FLOOR : Integer.MAX_VALUE);
		}
	}

	/**
	 * What connections hold of the budget.
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
