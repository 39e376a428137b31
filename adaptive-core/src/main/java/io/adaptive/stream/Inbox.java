package io.adaptive.stream;

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

	/** Small, like all that an idle stream has: there may be a hundred thousand. */
	private final Deque<Arrival> arrivals = new ArrayDeque<>(1);

	private final Deque<Waiter> waiters = new ArrayDeque<>(1);

	private Arrival.@Nullable Ended ended;

	/** Conversations that are open. Guarded by the lock. */
	private int conversations;

	/** What is received when no conversation is open any more. Guarded by the lock. */
	private @Nullable Ending conversationOver;

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
	List<Arrival> close(Ending over) {
		List<Arrival> held;
		List<Waiter> waiting;
		this.lock.lock();
		try {
			this.conversations--;
			if (this.conversations > 0 || this.ended != null) {
				return List.of();
			}
			this.conversationOver = over;
			held = List.copyOf(this.arrivals);
			this.arrivals.clear();
			waiting = List.copyOf(this.waiters);
			this.waiters.clear();
		}
		finally {
			this.lock.unlock();
		}
		waiting.forEach((waiter) -> waiter.complete(new Arrival.Ended(over)));
		return held;
	}

	/**
	 * Adds an arrival.
	 * @return what became of it
	 */
	Added add(Arrival arrival) {
		this.lock.lock();
		try {
			if (this.conversations == 0) {
				return Added.NO_CONVERSATION;
			}
			if (this.ended != null) {
				return Added.ENDED;
			}
			this.arrivals.add(arrival);
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
	List<Arrival> end(Ending ending) {
		List<Arrival> held = List.of();
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.ended = new Arrival.Ended(ending);
				held = List.copyOf(this.arrivals);
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
			this.arrivals.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Asks for the first arrival.
	 * @param check throws if the caller cannot use the arrival, which then stays
	 * @param taken told, before the caller gets it and outside of the lock, of an arrival
	 * that takes no room any more; not of one that the end of the inbox has made count as
	 * taken
	 * @return gets the arrival, or what the check threw
	 */
	Waiter take(Consumer<Arrival> check, Consumer<Arrival> taken) {
		Waiter waiter = new Waiter(check, taken);
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
	 * Stops waiting.
	 * @return whether the waiter had got nothing yet, and now never will
	 */
	boolean withdraw(Waiter waiter) {
		this.lock.lock();
		try {
			return this.waiters.remove(waiter);
		}
		finally {
			this.lock.unlock();
		}
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

	private Arrival.@Nullable Ended ending() {
		if (this.ended != null || this.conversationOver == null) {
			return this.ended;
		}
		return new Arrival.Ended(this.conversationOver);
	}

	private @Nullable Runnable match() {
		this.lock.lock();
		try {
			Arrival first = this.arrivals.isEmpty() ? ending() : this.arrivals.element();
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
			this.arrivals.poll();
			boolean takesRoom = this.ended == null && !(first instanceof Arrival.Ended);
			return () -> waiter.got(first, takesRoom);
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
	final class Waiter extends Operation<Arrival> {

		private final Consumer<Arrival> check;

		private final Consumer<Arrival> taken;

		Waiter(Consumer<Arrival> check, Consumer<Arrival> taken) {
			this.check = check;
			this.taken = taken;
		}

		private void got(Arrival arrival, boolean takesRoom) {
			try {
				if (takesRoom) {
					this.taken.accept(arrival);
				}
			}
			catch (RuntimeException | Error ex) {
				completeExceptionally(ex);
				return;
			}
			complete(arrival);
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
