package io.adaptive.internal.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * History of the last changes, for watchers that resume. Bounded in the number of changes
 * and of the services that they name.
 */
final class ChangeHistory {

	static final int MAX_CHANGES = 8192;

	private static final int MAX_SERVICES = 500_000;

	private final Deque<Change> changes = new ArrayDeque<>();

	private long revision;

	private int services;

	long revision() {
		return this.revision;
	}

	long next() {
		return this.revision + 1;
	}

	void add(Change change) {
		this.revision = change.revision();
		this.changes.addLast(change);
		this.services += weight(change);
		while (this.changes.size() > MAX_CHANGES || (this.services > MAX_SERVICES && this.changes.size() > 1)) {
			this.services -= weight(this.changes.removeFirst());
		}
	}

	private static int weight(Change change) {
		return change.subject().services().size() + change.affected().size();
	}

	/**
	 * Returns whether the history contains every change from a revision on.
	 */
	boolean reaches(long from) {
		return from > this.revision - this.changes.size() && from <= this.revision + 1;
	}

	/**
	 * Returns the changes from a revision on. The history must contain them.
	 */
	Iterable<Change> from(long from) {
		long newer = this.revision - from + 1;
		if (newer * 2 > this.changes.size()) {
			return () -> skip(from);
		}
		// Most watchers are close to the end, so the search starts there.
		Change[] last = new Change[(int) newer];
		Iterator<Change> backwards = this.changes.descendingIterator();
		for (int i = last.length - 1; i >= 0; i--) {
			last[i] = backwards.next();
		}
		return List.of(last);
	}

	private Iterator<Change> skip(long from) {
		return this.changes.stream().dropWhile((change) -> change.revision() < from).iterator();
	}

}
