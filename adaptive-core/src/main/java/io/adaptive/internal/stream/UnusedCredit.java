package io.adaptive.internal.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ObjLongConsumer;

/**
 * The windows that were granted something since their peers were last asked for what they
 * do not use, those that were granted it longest first. A peer that has answered holds
 * nothing until it is granted something again. Guarded by the lock of the budget.
 */
final class UnusedCredit {

	/** How many connections are asked at once. */
	private static final int RECALLS = 4;

	private final Set<WindowAccount> windows = new LinkedHashSet<>();

	void add(WindowAccount window) {
		this.windows.add(window);
	}

	void remove(WindowAccount window) {
		this.windows.remove(window);
	}

	/**
	 * Asks a few of those that have something. One that has a use for it has sent it
	 * already, and answers that nothing is left.
	 * @param ask asks a peer, told what it may keep
	 * @param keptBytes what each may keep, in bytes
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
