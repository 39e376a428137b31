package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * The windows that were granted credit since their peers were last asked for unused
 * credit, in the order of their grants. A peer that has answered holds none until it is
 * granted more. Guarded by the lock of the budget.
 */
final class UnusedCredit {

	/** Number of connections from which credit is recalled at once. */
	private static final int RECALLS = 4;

	private final Set<WindowAccount> windows = new LinkedHashSet<>();

	void add(WindowAccount window) {
		this.windows.add(window);
	}

	void remove(WindowAccount window) {
		this.windows.remove(window);
	}

	/**
	 * Recalls credit from a few windows that have some. A peer that needs its credit has
	 * already used it, and answers that none is left.
	 * @param ask recalls credit from a peer, with the bytes that it may keep
	 * @param keptBytes the bytes that each may keep
	 */
	void recall(ObjLongConsumer<WindowAccount> ask, long keptBytes) {
		List<WindowAccount> kept = new ArrayList<>();
		int asked = 0;
		Iterator<WindowAccount> all = this.windows.iterator();
		while (all.hasNext() && asked < RECALLS) {
			WindowAccount window = all.next();
			all.remove();
			if (window.recalled) {
				kept.add(window);
			}
			else if (window.hasUnusedMessages() || window.hasUnusedBytes(keptBytes)) {
				window.recalled = true;
				ask.accept(window, keptBytes);
				asked++;
			}
		}
		this.windows.addAll(kept);
	}

}
