package io.adaptive.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.adaptive.message.AdaptiveException;
import io.adaptive.message.Delivery;
import io.adaptive.message.ErrorCode;
import io.adaptive.message.ReceiveTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a stream that wait for {@code recv}, first in, first out. Once ended it
 * gives what it holds, then the reason of its end, again and again.
 */
final class Inbox {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition arrived = this.lock.newCondition();

	private final Deque<Arrival> arrivals = new ArrayDeque<>();

	private Arrival.@Nullable Ended ended;

	void add(Arrival arrival) {
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.arrivals.add(arrival);
				this.arrived.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the inbox; the first reason stays.
	 */
	void end(Ending ending) {
		this.lock.lock();
		try {
			if (this.ended == null) {
				this.ended = new Arrival.Ended(ending);
				this.arrived.signalAll();
			}
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
	 * Waits for the first arrival and removes it.
	 * @param timeout how long to wait, zero for no limit
	 * @param check throws if the caller cannot use the arrival, which then stays
	 */
	Arrival take(Duration timeout, Consumer<Arrival> check) {
		try {
			this.lock.lockInterruptibly();
			try {
				Arrival first = await(timeout);
				check.accept(first);
				this.arrivals.poll();
				return first;
			}
			finally {
				this.lock.unlock();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AdaptiveException(ErrorCode.CANCELLED, Delivery.UNKNOWN, "Interrupted while receiving", ex);
		}
	}

	private Arrival await(Duration timeout) throws InterruptedException {
		long remaining = timeout.toNanos();
		while (this.arrivals.isEmpty()) {
			if (this.ended != null) {
				return this.ended;
			}
			if (timeout.isZero()) {
				this.arrived.await();
			}
			else if (remaining > 0) {
				remaining = this.arrived.awaitNanos(remaining);
			}
			else {
				throw new ReceiveTimeoutException("Nothing received within %d ms".formatted(timeout.toMillis()));
			}
		}
		return this.arrivals.element();
	}

}
