package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * What an inbox holds, first in, first out. An arrival that was handed out may be given
 * back to its place. Guarded by the lock of the inbox.
 */
final class Arrivals {

	/** Small, like all that an idle stream has: there may be a hundred thousand. */
	private final Deque<InboxItem> waiting = new ArrayDeque<>(1);

	/** Those that were given back, in the order of their arrival, before all others. */
	private @Nullable PriorityQueue<Returned> returned;

	private long handedOut;

	/** Whether nothing is given any more. */
	private boolean closed;

	void add(InboxItem item) {
		this.waiting.add(item);
	}

	/**
	 * Returns the first arrival, {@code null} if there is none.
	 */
	@Nullable InboxItem first() {
		return (this.returned != null) ? this.returned.element().item() : this.waiting.peek();
	}

	/**
	 * Hands out the first arrival.
	 * @return its place in the order of arrivals
	 */
	long removeFirst() {
		PriorityQueue<Returned> before = this.returned;
		if (before == null) {
			this.waiting.remove();
			return this.handedOut++;
		}
		long order = before.remove().order();
		this.returned = before.isEmpty() ? null : before;
		return order;
	}

	/**
	 * Puts an arrival back.
	 * @param order its place in the order of arrivals
	 */
	void giveBack(long order, InboxItem item) {
		if (!this.closed) {
			PriorityQueue<Returned> first = (this.returned != null) ? this.returned : new PriorityQueue<>(1);
			this.returned = first;
			first.add(new Returned(order, item));
		}
	}

	/**
	 * Returns a copy of all, in order.
	 */
	List<InboxItem> all() {
		List<InboxItem> all = new ArrayList<>();
		if (this.returned != null) {
			this.returned.stream().sorted().map(Returned::item).forEach(all::add);
		}
		all.addAll(this.waiting);
		return all;
	}

	void clear() {
		this.returned = null;
		this.waiting.clear();
	}

	/**
	 * Drops all, and what will be given back.
	 */
	void close() {
		this.closed = true;
		clear();
	}

	/**
	 * An arrival that was given back.
	 *
	 * @param order its place in the order of arrivals
	 */
	private record Returned(long order, InboxItem item) implements Comparable<Returned> {

		@Override
		public int compareTo(Returned other) {
			return Long.compare(this.order, other.order);
		}

	}

}
