package io.adaptive.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Decides which nodes are gone. A node is, when its connection has ended or its lease has
 * run out. But where most of the world goes at once, it is more likely that the registry
 * itself is cut off: then nodes become suspects, which stay until somebody has verified
 * that they are gone, or for a limited time.
 * <p>
 * What counts as "at once": losses within one lease. Those that fell silent together do
 * not run out together, because each renewed at a time of its own; so who has missed a
 * renewal counts as soon as the first one runs out.
 */
final class Losses {

	/** The smallest world that is protected. */
	static final int MIN_WORLD = 5;

	/** Connections that are lost together are told one by one. */
	private static final long TOGETHER_NANOS = 100_000_000;

	private final LeaseTimes times;

	/**
	 * When nodes were removed within the last lease; bounded by what one lease brings.
	 */
	private final Deque<Long> removed = new ArrayDeque<>();

	/** When most of the world was missing the last time. */
	private long lastCutOff;

	Losses(LeaseTimes times) {
		this.times = times;
	}

	/**
	 * Looks for nodes to remove, and makes others suspects.
	 * @param leases all nodes
	 * @param now the time
	 * @return the nodes to be removed
	 */
	List<Lease> judge(Collection<Lease> leases, long now) {
		forgetOld(now);
		List<Lease> gone = new ArrayList<>();
		int missing = this.removed.size();
		boolean protectable = leases.size() + missing >= MIN_WORLD;
		List<Lease> candidates = new ArrayList<>();
		List<Lease> suspects = new ArrayList<>();
		for (Lease lease : leases) {
			if (lease.isSuspect()) {
				missing++;
				suspects.add(lease);
			}
			else if (isOver(lease, protectable, now)) {
				missing++;
				candidates.add(lease);
			}
			else if (lease.isLost() || lease.nanosSilent(now) > this.times.renewal().toNanos() * 3 / 2) {
				missing++;
			}
		}
		if (protectable && missing * 2 > leases.size() + this.removed.size()) {
			this.lastCutOff = now;
			candidates.forEach((lease) -> lease.suspect(now));
		}
		else {
			gone.addAll(candidates);
		}
		suspects.stream().filter((lease) -> isProtectedNoMore(lease, now)).forEach(gone::add);
		return gone;
	}

	/**
	 * When most have come back, the others get as long as a lease to do so too.
	 */
	private boolean isProtectedNoMore(Lease suspect, long now) {
		return suspect.nanosSuspect(now) >= this.times.protection().toNanos()
				|| now - this.lastCutOff >= this.times.lease().toNanos();
	}

	private boolean isOver(Lease lease, boolean protectable, long now) {
		if (lease.isLost()) {
			return !protectable || lease.nanosLost(now) >= TOGETHER_NANOS;
		}
		return lease.nanosSilent(now) >= this.times.lease().toNanos();
	}

	void removed(long now) {
		this.removed.addLast(now);
	}

	private void forgetOld(long now) {
		while (!this.removed.isEmpty() && now - this.removed.getFirst() > this.times.lease().toNanos()) {
			this.removed.removeFirst();
		}
	}

}
