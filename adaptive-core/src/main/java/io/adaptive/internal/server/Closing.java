package io.adaptive.internal.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.message.TimeLimit;

/**
 * Withdrawal of publications of one node, on a thread that may block. If the calling
 * thread must not block, because it is an event loop or runs a handler, hook or listener
 * of the node, a new thread drains the publications.
 *
 * @param workers the node's workers
 */
record Closing(WorkerPool workers) {

	/**
	 * Withdraws publications together. They leave at once, and each is drained within its
	 * own drain timeout from now on. Their connections are closed within one timeout
	 * after that.
	 */
	void close(Collection<ActivePublication> publications) {
		List<Leaving> leaving = leave(publications, Deadline.NEVER);
		if (this.workers.mayWait()) {
			drain(leaving);
		}
		else if (leaving.stream().anyMatch(Leaving::isMine)) {
			// Not a daemon, so that messages in flight are answered even if the program
			// has no other threads.
			new Thread(null, () -> drain(leaving), "adaptive-drain", 0, false).start();
		}
	}

	private static void drain(List<Leaving> leaving) {
		serve(leaving, Deadline.NEVER);
		end(leaving, Deadline.in(ActivePublication.CLOSE_TIMEOUT));
	}

	/**
	 * Withdraws publications from discovery.
	 * @param limit the limit of their end, if it is sooner than their own timeouts
	 * @return the publications in their order of draining, those with the shortest time
	 * first
	 */
	List<Leaving> leave(Collection<ActivePublication> publications, Deadline limit) {
		long start = System.nanoTime();
		publications.forEach(ActivePublication::leave);
		return publications.stream()
			.map((each) -> Leaving.of(each, start, limit))
			.sorted(Comparator.comparing((each) -> each.publication.drainTimeout()))
			.toList();
	}

	/**
	 * Serves the messages in flight.
	 */
	static void serve(List<Leaving> leaving, Deadline limit) {
		leaving.stream().filter(Leaving::isMine).forEach((each) -> each.publication.drain(each.served, limit));
		leaving.stream()
			.filter((each) -> !each.isMine)
			.forEach((each) -> each.publication.awaitDrained(each.served, limit));
	}

	/**
	 * Waits for the end of the connections.
	 */
	static void end(List<Leaving> leaving, Deadline deadline) {
		leaving.stream().filter(Leaving::isMine).forEach((each) -> each.publication.end(deadline));
	}

	/**
	 * Publication that has left.
	 *
	 * @param publication the publication
	 * @param isMine whether the caller has to drain it, and not another thread
	 * @param served the limit for its messages in flight
	 */
	record Leaving(ActivePublication publication, boolean isMine, Deadline served) {

		private static Leaving of(ActivePublication publication, long start, Deadline limit) {
			Deadline own = new Deadline(start, TimeLimit.nanos(publication.drainTimeout()));
			return new Leaving(publication, publication.beginDraining(),
					own.soonerOf(limit.before(ActivePublication.CLOSE_TIMEOUT)));
		}

	}

}
