package io.adaptive.internal.dispatch;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.adaptive.internal.log.KeyValueLogger;
import io.adaptive.internal.stream.ConnectionQueue;
import io.adaptive.message.Priority;
import io.adaptive.status.QueueListener;
import org.jspecify.annotations.Nullable;

/**
 * The queue of work for the workers: one queue for each priority, in which connections
 * take turns, one message each; first in, first out within a connection.
 * <p>
 * The highest priority is taken first. Lower priorities do not starve: a queue that has
 * work is due after other work was taken a number of times, NORMAL after
 * {@value #NORMAL_PATIENCE} times HIGH, LOW after {@value #LOW_PATIENCE} times HIGH or
 * NORMAL. If both are due, NORMAL goes first. While all three have work, any 17 works
 * taken are 14 HIGH, 2 NORMAL and 1 LOW. While two have work, NORMAL is one of any 8
 * works beside HIGH, and LOW is one of any 16 beside HIGH or NORMAL. With n concurrent
 * takers, up to n - 1 more works are taken before the one that is due.
 * <p>
 * Thread-safe; lock-free, and never waits. Its size is bounded by the credit of the
 * connections, or by {@link #offer}.
 */
final class Mailbox {

	private static final KeyValueLogger logger = KeyValueLogger.of(Mailbox.class);

	/** Number of HIGH works taken before NORMAL that has work goes next. */
	static final int NORMAL_PATIENCE = 7;

	/** Number of HIGH and NORMAL works taken before LOW that has work goes next. */
	static final int LOW_PATIENCE = 15;

	private final Lane high = new Lane(true, Integer.MAX_VALUE);

	/**
	 * Most work is here; it is therefore not counted, but derived from the total and the
	 * other two counts.
	 */
	private final Lane normal = new Lane(false, NORMAL_PATIENCE);

	private final Lane low = new Lane(true, LOW_PATIENCE);

	// Counted up before the work is visible and down after it is gone: never negative.
	private final AtomicInteger size = new AtomicInteger();

	private final AtomicBoolean complained = new AtomicBoolean();

	/** Listener for waiting times, unset by default. */
	private volatile QueueListener listener = QueueListener.NOBODY;

	/**
	 * Puts work that belongs to no connection.
	 */
	void put(Priority priority, Runnable work) {
		put(priority, work, lane(priority).own);
	}

	/**
	 * Puts work.
	 * @param connection the queue of its connection for this priority
	 */
	void put(Priority priority, Runnable work, ConnectionQueue connection) {
		this.size.incrementAndGet();
		lane(priority).add(watched(priority, work), connection);
	}

	private Runnable watched(Priority priority, Runnable work) {
		return (this.listener == QueueListener.NOBODY) ? work : new Watched(work, priority, System.nanoTime());
	}

	void listener(QueueListener listener) {
		this.listener = listener;
	}

	/**
	 * Puts work that belongs to no connection, unless the mailbox is full.
	 * @param bound the maximum number of waiting works, this one included
	 * @return whether there was room
	 */
	boolean offer(Priority priority, Runnable work, int bound) {
		return offer(priority, work, lane(priority).own, bound);
	}

	/**
	 * Puts work unless the mailbox is full.
	 * @param connection the queue of its connection for this priority
	 * @param bound the maximum number of waiting works, this one included
	 * @return whether there was room
	 */
	boolean offer(Priority priority, Runnable work, ConnectionQueue connection, int bound) {
		if (this.size.incrementAndGet() > bound) {
			this.size.decrementAndGet();
			return false;
		}
		lane(priority).add(watched(priority, work), connection);
		return true;
	}

	/**
	 * Takes the next work.
	 * @return the work, or {@code null} if there is none
	 */
	@Nullable Runnable poll() {
		Runnable work = next();
		if (work != null) {
			this.size.decrementAndGet();
		}
		return (work instanceof Watched watched) ? taken(watched) : work;
	}

	/**
	 * Notifies the listener. The work is already removed from the queue, so it is
	 * returned even if the listener fails.
	 */
	private Runnable taken(Watched watched) {
		try {
			this.listener.waited(watched.priority, System.nanoTime() - watched.since);
		}
		catch (RuntimeException | Error ex) {
			if (!this.complained.getAndSet(true)) {
				logger.warn("queue listener failed, further failures are not logged priority={}", watched.priority, ex);
			}
		}
		return watched.work;
	}

	private @Nullable Runnable next() {
		Runnable work = this.normal.pollIfDue();
		if (work != null) {
			this.low.overtake();
			return work;
		}
		work = this.low.pollIfDue();
		if (work != null) {
			return work;
		}
		work = this.high.poll();
		if (work != null) {
			this.normal.overtake();
		}
		else {
			work = this.normal.poll();
		}
		if (work != null) {
			this.low.overtake();
			return work;
		}
		return this.low.poll();
	}

	/**
	 * Returns whether the mailbox has no work. Work whose {@link #put} has returned is
	 * always counted, even while it cannot be taken because another thread has the turn
	 * of its connection.
	 */
	boolean isEmpty() {
		return this.size.get() == 0;
	}

	/**
	 * Returns whether work of a priority, or of a higher one, waits.
	 */
	boolean hasWaiting(Priority priority) {
		return switch (priority) {
			case HIGH -> size(Priority.HIGH) > 0;
			case NORMAL -> this.size.get() > this.low.count.get();
			case LOW -> this.size.get() > 0;
		};
	}

	/**
	 * Returns the number of waiting works, including those that are just being put.
	 */
	int size() {
		return this.size.get();
	}

	/**
	 * Returns the approximate number of waiting items of each priority.
	 */
	Map<Priority, Integer> sizes() {
		Map<Priority, Integer> sizes = new EnumMap<>(Priority.class);
		for (Priority priority : Priority.values()) {
			sizes.put(priority, size(priority));
		}
		return Collections.unmodifiableMap(sizes);
	}

	/**
	 * Returns the approximate number of waiting works of a priority.
	 */
	int size(Priority priority) {
		return switch (priority) {
			case HIGH -> this.high.count.get();
			case LOW -> this.low.count.get();
			case NORMAL -> Math.max(0, this.size.get() - this.high.count.get() - this.low.count.get());
		};
	}

	private Lane lane(Priority priority) {
		return switch (priority) {
			case HIGH -> this.high;
			case NORMAL -> this.normal;
			case LOW -> this.low;
		};
	}

	/**
	 * The queue of one priority. Its overtake count is written only while this queue has
	 * work and a higher one is served, so that work of a single priority has no cost for
	 * it.
	 */
	private static final class Lane {

		/** Connections with work, in the order of their turns. */
		private final Queue<ConnectionQueue> turns = new ConcurrentLinkedQueue<>();

		/** Work that belongs to no connection takes turns like a connection. */
		private final ConnectionQueue own = new ConnectionQueue();

		private final AtomicInteger overtaken = new AtomicInteger();

		private final boolean counted;

		/** The number of times this queue is overtaken before it goes next. */
		private final int patience;

		private final AtomicInteger count = new AtomicInteger();

		Lane(boolean counted, int patience) {
			this.counted = counted;
			this.patience = patience;
		}

		void add(Runnable work, ConnectionQueue connection) {
			if (this.counted) {
				this.count.incrementAndGet();
			}
			if (connection.add(work)) {
				this.turns.add(connection);
			}
		}

		void overtake() {
			if (!this.turns.isEmpty()) {
				this.overtaken.incrementAndGet();
			}
		}

		@Nullable Runnable pollIfDue() {
			return (this.overtaken.get() >= this.patience) ? poll() : null;
		}

		@Nullable Runnable poll() {
			ConnectionQueue connection = this.turns.poll();
			if (connection == null) {
				return null;
			}
			Runnable work = connection.poll();
			if (connection.endTurn()) {
				this.turns.add(connection);
			}
			if (work != null && this.counted) {
				this.count.decrementAndGet();
			}
			if (work != null && this.overtaken.get() != 0) {
				this.overtaken.set(0);
			}
			return work;
		}

	}

	/**
	 * Work whose waiting time is measured.
	 */
	private record Watched(Runnable work, Priority priority, long since) implements Runnable {

		@Override
		public void run() {
			this.work.run();
		}

	}

}
