package io.adaptive.internal.stream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.internal.stream.WaitingRequests.Request;
import io.adaptive.spi.Envelope.Credit.Purpose;

/**
 * The rules by which a budget grants credit for waiting messages. Guarded by the lock of
 * the budget.
 */
final class GrantRules {

	private final BudgetAccount account;

	/** Windows of open connections that hold a part of the budget. */
	private final Set<WindowAccount> holders = new LinkedHashSet<>();

	/** Whether a message had to wait for bytes. */
	private boolean lackedBytes;

	GrantRules(BudgetAccount account) {
		this.account = account;
	}

	/**
	 * Returns the windows that may have taken messages since they were settled.
	 */
	List<WindowAccount> holders() {
		return List.copyOf(this.holders);
	}

	void forget(WindowAccount window) {
		this.holders.remove(window);
	}

	/**
	 * Returns whether a message had to wait for bytes of the budget since the last call.
	 */
	boolean pollLackedBytes() {
		boolean lacked = this.lackedBytes;
		this.lackedBytes = false;
		return lacked;
	}

	/**
	 * Grants credit and counts it in the budget; does nothing if neither amount is
	 * positive.
	 */
	void grant(WindowAccount window, int streamId, long bytes, long messages, Purpose purpose, Grants grants) {
		if (bytes > 0 || messages > 0) {
			this.account.grow(window, bytes, messages);
			this.holders.add(window);
			grants.add(window, streamId, bytes, messages, purpose);
		}
	}

	/**
	 * Grants a message that a handler waits for.
	 * @return whether it was granted; repeated requests of a peer have a limit
	 */
	boolean grantInAnyCase(WindowAccount window, Request request, Grants grants) {
		if (tryGrant(window, request, grants)) {
			return true;
		}
		if (window.overdrawnBytes() >= window.maxBytes()) {
			return false;
		}
		this.account.overdraw(window, request.cost(), window.unit());
		this.holders.add(window);
		grants.add(window, request.streamId(), request.cost(), window.unit(), Purpose.GRANT_WAITING);
		return true;
	}

	boolean tryGrant(WindowAccount window, Request request, Grants grants) {
		int messages = messagesFor(window, request);
		if (messages < 0) {
			return false;
		}
		if (messages > 0 && window.hasUnused(request.cost()) && window.isReliable()) {
			window.relyOnUnused();
			grant(window, request.streamId(), 0, messages, Purpose.GRANT_WAITING, grants);
		}
		else if (this.account.hasBytes(request.cost()) && window.mayHold(request.cost())) {
			countRelied(window, messages);
			grant(window, request.streamId(), request.cost(), messages, Purpose.GRANT_WAITING, grants);
			grant(window, 0, this.account.growth(window), 0, Purpose.GRANT, grants);
		}
		else {
			this.lackedBytes |= !this.account.hasBytes(request.cost());
			return false;
		}
		grant(window, 0, 0, Math.min(window.messages(), this.account.freeToGrowMessages(window)), Purpose.GRANT,
				grants);
		return true;
	}

	/**
	 * Returns the number of messages that a grant needs, negative if no grant is
	 * possible. While no more messages may wait, a peer that has a message but lacks
	 * bytes uses its own. A peer that has both is about to send: bytes alone would only
	 * make it request again.
	 */
	private int messagesFor(WindowAccount window, Request request) {
		if (!this.account.isFullFor(window)) {
			return window.unit();
		}
		if (!window.hasUnusedMessages() || window.hasUnused(request.cost()) || !window.isReliable()) {
			return -1;
		}
		return 0;
	}

	/**
	 * Counts a grant of bytes alone, which relies on the unused message that the peer
	 * seems to have.
	 */
	private static void countRelied(WindowAccount window, int messages) {
		if (messages < window.unit()) {
			window.relyOnUnused();
		}
	}

	/**
	 * Grants one message at a time beyond the bytes of the budget.
	 */
	boolean tryBeyond(WindowAccount window, Request request, Grants grants) {
		int messages = messagesFor(window, request);
		if (messages < 0 || !this.account.tryBeyond(window, request)) {
			return false;
		}
		countRelied(window, messages);
		this.account.grow(window, 0, messages);
		this.holders.add(window);
		grants.add(window, request.streamId(), request.cost(), messages, Purpose.GRANT_WAITING);
		return true;
	}

}
