package io.adaptive.internal.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * The items of an inbox, first in, first out. A removed item may be put back at its
 * place. Guarded by the lock of the inbox.
 */
final class Arrivals {

	/** Small, as all parts of an idle stream: there may be a hundred thousand. */
	private final Deque<InboxItem> waiting = new ArrayDeque<>(1);

	/** The items that were put back, in the order of their arrival, before all others. */
	private @Nullable PriorityQueue<Returned> returned;

	private long handedOut;

	/** Whether items that are put back are dropped. */
	private boolean closed;

	void add(InboxItem item) {
		this.waiting.add(item);
	}

	/**
	 * Returns the first item, {@code null} if there is none.
	 */
	@Nullable InboxItem first() {
		return (this.returned != null) ? this.returned.element().item() : this.waiting.peek();
	}

	/**
	 * Removes the first item.
	 * @return its place in the order of arrival
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
	 * Puts an item back.
	 * @param order its place in the order of arrival
	 */
	void giveBack(long order, InboxItem item) {
		if (!this.closed) {
			PriorityQueue<Returned> first = (this.returned != null) ? this.returned : new PriorityQueue<>(1);
			this.returned = first;
			first.add(new Returned(order, item));
		}
	}

	/**
	 * Returns a copy of all items, in order.
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
	 * Drops all items, and those that are put back later.
	 */
	void close() {
		this.closed = true;
		clear();
	}

	/**
	 * An item that was put back.
	 *
	 * @param order its place in the order of arrival
	 */
	private record Returned(long order, InboxItem item) implements Comparable<Returned> {

		@Override
		public int compareTo(Returned other) {
			return Long.compare(this.order, other.order);
		}

	}

}
