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

	/**
	 * Adds an arrival.
	 * @return whether anybody can still receive it
	 */
	boolean add(Arrival arrival) {
		this.lock.lock();
		try {
			if (this.ended != null) {
				return false;
			}
			this.arrivals.add(arrival);
		}
		finally {
			this.lock.unlock();
		}
		serve();
		return true;
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

	private @Nullable Runnable match() {
		this.lock.lock();
		try {
			Arrival first = this.arrivals.isEmpty() ? this.ended : this.arrivals.element();
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
			boolean takesRoom = this.ended == null;
			return () -> waiter.got(first, takesRoom);
		}
		finally {
			this.lock.unlock();
		}
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
