package io.adaptive.internal.beacon;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.adaptive.message.ServicePattern;

/**
 * Queries that wait for their answer. Queries of one program that arrive in the meantime
 * share one answer.
 */
final class PendingAnswers {

	static final int MAX_WAITING = 1_024;

	private static final int MAX_PATTERNS = 256;

	private final Map<InetSocketAddress, Waiting> waiting = new LinkedHashMap<>();

	/**
	 * Adds a query.
	 * @throws DroppedException if there is no room for it
	 */
	void add(Datagram.Query query, InetSocketAddress asker, DatagramNetwork.Inlet inlet, long due)
			throws DroppedException {
		Waiting already = this.waiting.get(asker);
		if (already == null) {
			if (this.waiting.size() >= MAX_WAITING) {
				throw new DroppedException(DropReason.FLOODING, "%s others wait for an answer".formatted(MAX_WAITING));
			}
			already = new Waiting(asker, due);
			this.waiting.put(asker, already);
		}
		if (already.patterns.size() + query.patterns().size() > MAX_PATTERNS) {
			throw new DroppedException(DropReason.FLOODING, "it asks for too much at once");
		}
		already.patterns.addAll(query.patterns());
		already.token = query.token();
		already.direct |= query.direct();
		already.certain |= inlet == DatagramNetwork.Inlet.PRIVATE;
	}

	List<Waiting> due(long now) {
		List<Waiting> due = new ArrayList<>();
		for (Iterator<Waiting> all = this.waiting.values().iterator(); all.hasNext();) {
			Waiting each = all.next();
			if (each.due <= now) {
				due.add(each);
				all.remove();
			}
		}
		return due;
	}

	long nextDue() {
		return this.waiting.values().stream().mapToLong((each) -> each.due).min().orElse(Long.MAX_VALUE);
	}

	/**
	 * Queries of one program.
	 */
	static final class Waiting {

		private final InetSocketAddress asker;

		private final long due;

		private final Set<ServicePattern> patterns = new LinkedHashSet<>();

		private long token;

		private boolean direct;

		private boolean certain;

		private Waiting(InetSocketAddress asker, long due) {
			this.asker = asker;
			this.due = due;
		}

		InetSocketAddress asker() {
			return this.asker;
		}

		Set<ServicePattern> patterns() {
			return this.patterns;
		}

		long token() {
			return this.token;
		}

		/**
		 * Returns whether a query was sent to the shared port of this host, where this
		 * program answers for all.
		 */
		boolean isDirect() {
			return this.direct;
		}

		/**
		 * Returns whether a query was sent to this node alone, which answers even without
		 * a matching service.
		 */
		boolean isCertain() {
			return this.certain;
		}

	}

}
