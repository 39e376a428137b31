package io.adaptive.internal.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.adaptive.message.ProviderId;
import io.adaptive.settings.LeaseTimes;

/**
 * Decides which nodes are gone. A node is, when its connection has ended or its lease has
 * run out. But where most of the world goes at once, it is more likely that the registry
 * itself is cut off: then nodes become suspects, which stay until somebody has verified
 * that they are gone, or for a limited time.
 * <p>
 * The world is counted in providers, which are machines: however many nodes were on a
 * machine that goes, it is one loss. What counts as "at once" are losses within one
 * lease. Those that fell silent together do not run out together, because each renewed at
 * a time of its own; so who has missed a renewal counts as soon as the first one runs
 * out.
 */
final class Losses {

	/** The smallest world that is protected. */
	static final int MIN_WORLD = 5;

	/** Connections that are lost together are told one by one. */
	private static final long TOGETHER_NANOS = 100_000_000;

	private final LeaseTimes times;

	/** The nodes removed within the last lease. */
	private final Deque<Removed> removed = new ArrayDeque<>();

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
		Set<ProviderId> world = new HashSet<>();
		Set<ProviderId> present = new HashSet<>();
		this.removed.forEach((node) -> world.add(node.provider));
		for (Lease lease : leases) {
			ProviderId provider = lease.registration().instance().provider();
			world.add(provider);
			if (!isMissing(lease, now)) {
				present.add(provider);
			}
		}
		boolean isProtectable = world.size() >= MIN_WORLD;
		boolean isCutOff = isProtectable && present.size() * 2 < world.size();
		this.lastCutOff = isCutOff ? now : this.lastCutOff;
		List<Lease> gone = new ArrayList<>();
		for (Lease lease : leases) {
			if (lease.isSuspect() ? isProtectedNoMore(lease, now) : isOver(lease, isProtectable, now)) {
				if (isCutOff && !lease.isSuspect()) {
					lease.suspect(now);
				}
				else {
					gone.add(lease);
				}
			}
		}
		return gone;
	}

	private boolean isMissing(Lease lease, long now) {
		return lease.isSuspect() || lease.isLost() || lease.nanosSilent(now) > this.times.renewal().toNanos() * 3 / 2;
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

	void removed(Lease lease, long now) {
		this.removed.addLast(new Removed(lease.registration().instance().provider(), now));
	}

	private void forgetOld(long now) {
		while (!this.removed.isEmpty() && now - this.removed.getFirst().time > this.times.lease().toNanos()) {
			this.removed.removeFirst();
		}
	}

	private record Removed(ProviderId provider, long time) {
	}

}
