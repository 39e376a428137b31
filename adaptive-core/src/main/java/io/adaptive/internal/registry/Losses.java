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
 * Detection of lost nodes. A node is lost when its connection has ended or its lease has
 * expired. But if most nodes are lost at once, a cut-off registry is the more likely
 * cause: the nodes then become suspects, which are kept until their loss is verified, or
 * for a limited time.
 * <p>
 * The nodes are counted by their providers, which are machines: a machine that fails is
 * one loss, however many nodes it had. Losses are at once if they occur within one lease.
 * Nodes that failed together do not expire together, because each renewed its lease at a
 * different time; so a node with a missed renewal counts as missing as soon as the first
 * lease expires.
 */
final class Losses {

	/** Smallest number of providers that is protected. */
	static final int MIN_WORLD = 5;

	/** Time within which connections that were lost together are reported one by one. */
	private static final long TOGETHER_NANOS = 100_000_000;

	private final LeaseTimes times;

	/** Nodes that were removed within the last lease. */
	private final Deque<Removed> removed = new ArrayDeque<>();

	/** Time at which most providers were missing last. */
	private long lastCutOff;

	Losses(LeaseTimes times) {
		this.times = times;
	}

	/**
	 * Selects the nodes to remove, and makes others suspects.
	 * @param leases all nodes
	 * @param now the time
	 * @return the nodes to remove
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
	 * Returns whether the protection of a suspect has ended. After most nodes have
	 * returned, it lasts for one more lease.
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
