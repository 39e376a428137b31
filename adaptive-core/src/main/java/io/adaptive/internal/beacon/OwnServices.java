package io.adaptive.internal.beacon;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.adaptive.message.ServiceName;
import io.adaptive.message.ServicePattern;

/**
 * Services of this node with the schedule of their reports: at once after a service is
 * published or withdrawn, twice more because datagrams are lost, and all services at
 * regular intervals.
 */
final class OwnServices {

	private static final long[] REPEAT_NANOS = { TimeUnit.MILLISECONDS.toNanos(100),
			TimeUnit.MILLISECONDS.toNanos(200) };

	/**
	 * Minimum time between two announcements, so that services published shortly after
	 * each other share one.
	 */
	private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

	private final Set<ServiceName> offered = new LinkedHashSet<>();

	private final Map<ServiceName, Repeats> toAnnounce = new HashMap<>();

	private final Map<ServiceName, Repeats> toWithdraw = new HashMap<>();

	private final long intervalNanos;

	private final RandomGenerator random;

	private long revision;

	private long nextRound = Long.MAX_VALUE;

	private long quietUntil;

	OwnServices(long intervalNanos, RandomGenerator random) {
		this.intervalNanos = intervalNanos;
		this.random = random;
	}

	void add(ServiceName service, long now) {
		if (this.offered.isEmpty()) {
			this.nextRound = now + jittered();
		}
		this.revision++;
		this.offered.add(service);
		this.toWithdraw.remove(service);
		this.toAnnounce.put(service, new Repeats(now));
	}

	void remove(ServiceName service, long now) {
		if (this.offered.remove(service)) {
			this.revision++;
			this.toAnnounce.remove(service);
			this.toWithdraw.put(service, new Repeats(now));
		}
		if (this.offered.isEmpty()) {
			this.nextRound = Long.MAX_VALUE;
		}
	}

	/**
	 * Starts the announcement of all services again, for nodes that are new here.
	 */
	void restart(long now) {
		this.offered.forEach((service) -> this.toAnnounce.put(service, new Repeats(now)));
	}

	private long jittered() {
		return (long) (this.intervalNanos * (0.9 + 0.2 * this.random.nextDouble()));
	}

	List<ServiceName> dueToAnnounce(long now) {
		if (now >= this.nextRound) {
			this.nextRound = now + jittered();
			advance(this.toAnnounce, now);
			this.quietUntil = now + GAP_NANOS;
			return List.copyOf(this.offered);
		}
		if (now < this.quietUntil) {
			return List.of();
		}
		List<ServiceName> due = advance(this.toAnnounce, now);
		if (!due.isEmpty()) {
			this.quietUntil = now + GAP_NANOS;
		}
		return due;
	}

	List<ServiceName> dueToWithdraw(long now) {
		return advance(this.toWithdraw, now);
	}

	/**
	 * Removes and returns the withdrawals with reports left to send, and the number of
	 * those reports.
	 */
	Map<ServiceName, Integer> takeWithdrawn() {
		Map<ServiceName, Integer> left = new HashMap<>();
		this.toWithdraw.forEach((service, repeats) -> left.put(service, REPEAT_NANOS.length + 1 - repeats.done));
		this.toWithdraw.clear();
		return left;
	}

	private static List<ServiceName> advance(Map<ServiceName, Repeats> waiting, long now) {
		List<ServiceName> due = new ArrayList<>();
		for (Iterator<Map.Entry<ServiceName, Repeats>> all = waiting.entrySet().iterator(); all.hasNext();) {
			Map.Entry<ServiceName, Repeats> entry = all.next();
			Repeats repeats = entry.getValue();
			if (repeats.next <= now) {
				due.add(entry.getKey());
				if (repeats.done == REPEAT_NANOS.length) {
					all.remove();
				}
				else {
					repeats.next = now + REPEAT_NANOS[repeats.done];
					repeats.done++;
				}
			}
		}
		return due;
	}

	long nextDue() {
		long announce = Math.max(earliest(this.toAnnounce), this.quietUntil);
		return Math.min(this.nextRound, Math.min(announce, earliest(this.toWithdraw)));
	}

	private static long earliest(Map<ServiceName, Repeats> waiting) {
		return waiting.values().stream().mapToLong((repeats) -> repeats.next).min().orElse(Long.MAX_VALUE);
	}

	boolean isEmpty() {
		return this.offered.isEmpty();
	}

	/**
	 * Returns the revision, which grows with each change.
	 */
	long revision() {
		return this.revision;
	}

	int size() {
		return this.offered.size();
	}

	List<ServiceName> matching(Collection<ServicePattern> patterns) {
		return this.offered.stream()
			.filter((service) -> patterns.stream().anyMatch((pattern) -> pattern.matches(service)))
			.toList();
	}

	private static final class Repeats {

		private long next;

		private int done;

		private Repeats(long next) {
			this.next = next;
		}

	}

}
