package io.adaptive.internal.stream;

import java.util.function.LongSupplier;

import io.adaptive.internal.stream.WaitingRequests.Request;
import org.jspecify.annotations.Nullable;

/**
 * The part of a node's budget that its windows hold, in messages and bytes, and the
 * limits of their growth. Guarded by the lock of the budget.
 */
final class BudgetAccount {

	private final LongSupplier maxMessages;

	private final long maxBytes;

	private long messages;

	private long bytes;

	private @Nullable WindowAccount callBeyond;

	private @Nullable WindowAccount oneWayBeyond;

	BudgetAccount(LongSupplier maxMessages, long maxBytes) {
		this.maxMessages = maxMessages;
		this.maxBytes = maxBytes;
	}

	long messages() {
		return this.messages;
	}

	long bytes() {
		return this.bytes;
	}

	boolean isExceeded() {
		return this.messages > this.maxMessages.getAsLong() || this.bytes > this.maxBytes;
	}

	boolean hasBytes(int cost) {
		return cost <= this.maxBytes - this.bytes;
	}

	/**
	 * Returns whether no message may be granted to a window, of any size.
	 */
	boolean isFullFor(WindowAccount window) {
		return window.unit() > 0 && this.messages >= this.maxMessages.getAsLong();
	}

	/**
	 * Returns the number of bytes by which a window may grow, at most to twice its size.
	 */
	long growth(WindowAccount window) {
		return Math.max(0, Math.min(freeToGrowBytes(), Math.min(window.bytes(), window.maxBytes() - window.bytes())));
	}

	long freeToGrowBytes() {
		return Math.max(0, this.maxBytes / 2 - this.bytes);
	}

	long freeToGrowMessages(WindowAccount window) {
		return window.unit() * Math.max(0, this.maxMessages.getAsLong() / 2 - this.messages);
	}

	void grow(WindowAccount window, long bytes, long messages) {
		change(window, () -> window.grow(bytes, messages));
	}

	void shrink(WindowAccount window, long bytes, long messages) {
		change(window, () -> window.shrink(bytes, messages));
	}

	/**
	 * Grows a window beyond the budget.
	 */
	void overdraw(WindowAccount window, long bytes, long messages) {
		change(window, () -> window.overdraw(bytes, messages));
	}

	private void change(WindowAccount window, Runnable change) {
		long countedBytes = window.countedBytes();
		long countedMessages = window.countedMessages();
		change.run();
		this.bytes += window.countedBytes() - countedBytes;
		this.messages += window.countedMessages() - countedMessages;
		if (window.overdrawnBytes() == 0) {
			this.callBeyond = (this.callBeyond == window) ? null : this.callBeyond;
			this.oneWayBeyond = (this.oneWayBeyond == window) ? null : this.oneWayBeyond;
		}
	}

	/**
	 * Takes the place of the one call, or of the one other message, that may exceed the
	 * bytes of the budget.
	 * @return whether it was free
	 */
	boolean tryBeyond(WindowAccount window, Request request) {
		if ((request.call() ? this.callBeyond : this.oneWayBeyond) != null) {
			return false;
		}
		if (request.call()) {
			this.callBeyond = window;
		}
		else {
			this.oneWayBeyond = window;
		}
		overdraw(window, request.cost(), 0);
		return true;
	}

}
