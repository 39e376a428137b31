package io.adaptive.internal.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.adaptive.internal.dispatch.WorkerPool;
import io.adaptive.internal.message.Deadline;
import io.adaptive.internal.message.TimeLimit;

/**
 * Takes publications of one node back, on a thread that may wait for them. Where the
 * calling thread must not, because it runs a handler, hook or listener of the node or an
 * event loop, a thread of its own drains them.
 *
 * @param workers the node's workers
 */
record Closing(WorkerPool workers) {

	/**
	 * Takes publications back together: they leave at once, and each is drained within
	 * its own drain timeout from now on. Their connections are closed within one timeout
	 * after that.
	 */
	void close(Collection<ActivePublication> publications) {
		List<Leaving> leaving = leave(publications, Deadline.NEVER);
		if (this.workers.mayWait()) {
			drain(leaving);
		}
		else if (leaving.stream().anyMatch(Leaving::isMine)) {
			// Not a daemon: what is in flight is answered, though the program may have
			// nothing else to do.
			new Thread(null, () -> drain(leaving), "adaptive-drain", 0, false).start();
		}
	}

	private static void drain(List<Leaving> leaving) {
		serve(leaving, Deadline.NEVER);
		end(leaving, Deadline.in(ActivePublication.CLOSE_TIMEOUT));
	}

	/**
	 * Lets publications leave.
	 * @param limit until when they are to have ended, sooner than by their own timeouts
	 * @return those that are to be served and ended by the caller, shortest time first
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
	 * Serves what is in flight.
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
	 * A publication that has left.
	 *
	 * @param publication the publication
	 * @param isMine whether no other thread drains it already
	 * @param served until when what is in flight is served
	 */
	record Leaving(ActivePublication publication, boolean isMine, Deadline served) {

		private static Leaving of(ActivePublication publication, long start, Deadline limit) {
			Deadline own = new Deadline(start, TimeLimit.nanos(publication.drainTimeout()));
			return new Leaving(publication, publication.beginDraining(),
					own.soonerOf(limit.before(ActivePublication.CLOSE_TIMEOUT)));
		}

	}

}
