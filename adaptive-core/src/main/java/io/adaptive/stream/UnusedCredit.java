package io.adaptive.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The windows that were granted something since their peers were last asked for what they
 * do not use, those that were granted it longest first. A peer that has answered holds
 * nothing until it is granted something again. Guarded by the lock of the budget.
 */
final class UnusedCredit {

	/** How many connections are asked at once. */
	private static final int RECALLS = 4;

	private final Set<ReceiveWindow> windows = new LinkedHashSet<>();

	void add(ReceiveWindow window) {
		this.windows.add(window);
	}

	void remove(ReceiveWindow window) {
		this.windows.remove(window);
	}

	/**
	 * Asks a few of those that have something which they cannot use now. Those in line
	 * come back when they leave the line.
	 */
	void recall(Grants grants) {
		List<ReceiveWindow> kept = new ArrayList<>();
		int asked = 0;
		Iterator<ReceiveWindow> all = this.windows.iterator();
		while (all.hasNext() && asked < RECALLS) {
			ReceiveWindow window = all.next();
			all.remove();
			if (!window.recalled && window.hasUnused() && (!window.inLine || window.lacksOnlyBytes())) {
				window.recalled = true;
				grants.recall(window);
				asked++;
			}
			else if (window.recalled || (window.inLine && window.hasUnusedMessages())) {
				kept.add(window);
			}
		}
		this.windows.addAll(kept);
	}

}
