package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream that wait for {@code recv}, and those who wait for messages;
 * both first in, first out. Once ended it gives what it holds, then the reason of its
 * end, again and again.
 */
final class Inbox {

	private final ReentrantLock lock = new ReentrantLock();

	private final Arrivals arrivals = new Arrivals();

	/** Small, like all that an idle stream has: there may be a hundred thousand. */
	private final Deque<Waiter> waiters = new ArrayDeque<>(1);

	private InboxItem.@Nullable Ended ended;

	/** Conversations that are open. Guarded by the lock. */
	private int conversations;

	/** What is received when no conversation is open any more. Guarded by the lock. */
	private @Nullable Termination conversationOver;

	/**
	 * Makes an empty inbox.
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
	 * Ends a conversation. With the last one the inbox takes no messages any more.
	 * @param over what is received from then on
	 * @return the messages that nobody has received
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
	 * Adds an arrival.
	 * @return what became of it
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
	 * Ends the inbox; the first reason stays.
	 * @return what it holds if this was the first one
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
	 * Tells whether somebody waits for the next message.
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
	 * Drops what waits, since nobody will ask for it.
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
	 * Asks for the first arrival.
	 * @param check throws if the caller cannot use the item, which then stays
	 * @param taken told, outside of the lock, of an item that takes no room any more; not
	 * of one that the end of the inbox has made count as taken
	 * @param refused told, outside of the lock, of an item that was given back after the
	 * conversation was over
	 * @return gets the arrival, or what the check threw
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
	 * Stops waiting. An arrival that the waiter has got and not claimed is the next one
	 * again when this returns.
	 * @return whether the waiter had claimed nothing yet, and now never will
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
				// An end is no message that another one could take instead.
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
	 * Puts an arrival back to its place.
	 * @return gets the arrival when the lock is released
	 */
	private Consumer<InboxItem> giveBack(Waiter waiter, InboxItem item) {
		if (this.conversations == 0) {
			return waiter.refused;
		}
		this.arrivals.giveBack(waiter.order, item);
		return (this.ended != null && waiter.takesRoom) ? waiter.taken : Inbox::nothing;
	}

	private static void nothing(InboxItem item) {
		// Its place in the inbox, or its loss with the rest, is all.
	}

	/**
	 * Brings arrivals and waiters together. Completes outside of the lock, since that
	 * runs whatever hangs on the waiter.
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
	 * What becomes of an arrival.
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
	 * Somebody who waits for a message.
	 */
	final class Waiter extends Operation<InboxItem> {

		private final Consumer<InboxItem> check;

		private final Consumer<InboxItem> taken;

		private final Consumer<InboxItem> refused;

		/** What this has got. Guarded by the lock, like all that follows. */
		private @Nullable InboxItem item;

		private long order;

		private boolean takesRoom;

		/** Whether the arrival was claimed or given back. */
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
