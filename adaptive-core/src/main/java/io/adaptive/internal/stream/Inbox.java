package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream that wait for {@code recv}, and the receivers that wait for
 * messages; both first in, first out. After its end, the inbox returns its remaining
 * messages, then the cause of the end to every receiver.
 */
final class Inbox {

	private final ReentrantLock lock = new ReentrantLock();

	private final Arrivals arrivals = new Arrivals();

	/** Small, as all parts of an idle stream: there may be a hundred thousand. */
	private final Deque<Waiter> waiters = new ArrayDeque<>(1);

	private InboxItem.@Nullable Ended ended;

	/** Number of open conversations. Guarded by the lock. */
	private int conversations;

	/** The end for receivers while no conversation is open. Guarded by the lock. */
	private @Nullable Termination conversationOver;

	/**
	 * Creates an empty inbox.
	 * @param open whether it takes messages from the start
	 */
	Inbox(boolean open) {
		this.conversations = open ? 1 : 0;
	}

	/**
	 * Opens a conversation: the inbox takes messages.
	 */
	void open() {
		this.lock.lock();
		try {
			this.conversations++;
			this.conversationOver = null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends a conversation. With the last one, the inbox stops accepting messages.
	 * @param over the end for receivers from then on
	 * @return the messages that were not received
	 */
	List<InboxItem> close(Termination over) {
		List<InboxItem> held;
		List<Waiter> waiting;
		this.lock.lock();
		try {
			this.conversations--;
			if (this.conversations > 0 || this.ended != null) {
				return List.of();
			}
			this.conversationOver = over;
			held = this.arrivals.all();
			this.arrivals.clear();
			waiting = List.copyOf(this.waiters);
			this.waiters.clear();
		}
		finally {
			this.lock.unlock();
		}
		waiting.forEach((waiter) -> waiter.complete(new InboxItem.Ended(over)));
		return held;
	}

	/**
	 * Adds an item.
	 * @return the outcome
	 */
	Added add(InboxItem item) {
		this.lock.lock();
		try {
			if (this.conversations == 0) {
				return Added.NO_CONVERSATION;
			}
			if (this.ended != null) {
				return Added.ENDED;
			}
			this.arrivals.add(item);
		}
		finally {
			this.lock.unlock();
		}
		serve();
		return Added.KEPT;
	}

	/**
	 * Ends the inbox; the first cause stays.
	 * @return its items, if this was the first end
	 */
	List<InboxItem> end(Termination termination) {
		List<InboxItem> held = List.of();
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.ended = new InboxItem.Ended(termination);
				held = this.arrivals.all();
			}
		}
		finally {
			this.lock.unlock();
		}
		serve();
		return held;
	}

	/**
	 * Returns whether a receiver waits for the next message.
	 */
	boolean isAwaited() {
		this.lock.lock();
		try {
			return !this.waiters.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Drops the items, since there will be no receiver.
	 */
	void clear() {
		this.lock.lock();
		try {
			this.arrivals.close();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Requests the first item.
	 * @param check throws if the caller cannot use the item, which then stays
	 * @param taken called without the lock for an item that leaves the inbox; not for one
	 * that counts as taken since the end of the inbox
	 * @param refused called without the lock for an item that was put back after the
	 * conversation was over
	 * @return receives the item, or the exception of the check
	 */
	Waiter take(Consumer<InboxItem> check, Consumer<InboxItem> taken, Consumer<InboxItem> refused) {
		Waiter waiter = new Waiter(check, taken, refused);
		this.lock.lock();
		try {
			this.waiters.add(waiter);
		}
		finally {
			this.lock.unlock();
		}
		serve();
		return waiter;
	}

	/**
	 * Withdraws a waiter. An item that it has received and not claimed is the next one
	 * again when this returns.
	 * @return whether the waiter had claimed nothing yet, and never will
	 */
	private boolean withdraw(Waiter waiter) {
		Consumer<InboxItem> then;
		InboxItem item;
		this.lock.lock();
		try {
			if (this.waiters.remove(waiter)) {
				waiter.over = true;
				return true;
			}
			item = waiter.item;
			if (waiter.over || item == null || item instanceof InboxItem.Ended) {
				// An end is no message that another waiter could receive instead.
				return false;
			}
			waiter.over = true;
			then = giveBack(waiter, item);
		}
		finally {
			this.lock.unlock();
		}
		then.accept(item);
		serve();
		return true;
	}

	/**
	 * Puts an item back at its place.
	 * @return callback for the item, to be run without the lock
	 */
	private Consumer<InboxItem> giveBack(Waiter waiter, InboxItem item) {
		if (this.conversations == 0) {
			return waiter.refused;
		}
		this.arrivals.giveBack(waiter.order, item);
		return (this.ended != null && waiter.takesRoom) ? waiter.taken : Inbox::nothing;
	}

	private static void nothing(InboxItem item) {
		// The item is back in the inbox, or dropped with the others.
	}

	/**
	 * Matches items and waiters. Completes without the lock, since that runs the
	 * dependent stages of the waiter.
	 */
	private void serve() {
		for (Runnable delivery = match(); delivery != null; delivery = match()) {
			delivery.run();
		}
	}

	private InboxItem.@Nullable Ended termination() {
		if (this.ended != null || this.conversationOver == null) {
			return this.ended;
		}
		return new InboxItem.Ended(this.conversationOver);
	}

	private @Nullable Runnable match() {
		this.lock.lock();
		try {
			InboxItem arrival = this.arrivals.first();
			InboxItem first = (arrival != null) ? arrival : termination();
			if (first == null || this.waiters.isEmpty()) {
				return null;
			}
			Waiter waiter = this.waiters.remove();
			try {
				waiter.check.accept(first);
			}
			catch (RuntimeException | Error ex) {
				return () -> waiter.completeExceptionally(ex);
			}
			waiter.order = (arrival != null) ? this.arrivals.removeFirst() : 0;
			waiter.item = first;
			waiter.takesRoom = this.ended == null && !(first instanceof InboxItem.Ended);
			return () -> waiter.complete(first);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The outcome of adding an item.
	 */
	enum Added {

		/** It can be received. */
		KEPT,

		/** The inbox has ended. */
		ENDED,

		/** The inbox takes no messages. */
		NO_CONVERSATION

	}

	/**
	 * A receiver that waits for a message.
	 */
	final class Waiter extends Operation<InboxItem> {

		private final Consumer<InboxItem> check;

		private final Consumer<InboxItem> taken;

		private final Consumer<InboxItem> refused;

		/** The received item. Guarded by the lock, like the following fields. */
		private @Nullable InboxItem item;

		private long order;

		private boolean takesRoom;

		/** Whether the item was claimed or put back. */
		private boolean over;

		Waiter(Consumer<InboxItem> check, Consumer<InboxItem> taken, Consumer<InboxItem> refused) {
			this.check = check;
			this.taken = taken;
			this.refused = refused;
		}

		@Override
		boolean claim() {
			InboxItem claimed;
			Inbox.this.lock.lock();
			try {
				if (this.over) {
					return false;
				}
				this.over = true;
				claimed = this.takesRoom ? this.item : null;
			}
			finally {
				Inbox.this.lock.unlock();
			}
			if (claimed != null) {
				this.taken.accept(claimed);
			}
			return true;
		}

		@Override
		String awaited() {
			return "message";
		}

		@Override
		boolean giveUp() {
			return withdraw(this);
		}

	}

}
