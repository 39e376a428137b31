package io.adaptive.internal.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.adaptive.internal.dispatch.WorkerPool;
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
	 * its own drain timeout from now on.
	 */
	void close(Collection<ActivePublication> publications) {
		long start = System.nanoTime();
		publications.forEach(ActivePublication::leave);
		List<ActivePublication> mine = new ArrayList<>(publications);
		mine.removeIf((publication) -> !publication.beginDraining());
		mine.sort(Comparator.comparing(ActivePublication::drainTimeout));
		if (this.workers.mayWait()) {
			drain(mine, start);
			publications.forEach((publication) -> publication.awaitDrained(left(publication, start)));
		}
		else if (!mine.isEmpty()) {
			// Not a daemon: what is in flight is answered, though the program may have
			// nothing else to do.
			new Thread(null, () -> drain(mine, start), "adaptive-drain", 0, false).start();
		}
	}

	private static void drain(List<ActivePublication> publications, long start) {
		publications.forEach((publication) -> publication.drain(left(publication, start)));
	}

	private static long left(ActivePublication publication, long start) {
		return Math.max(0, TimeLimit.nanos(publication.drainTimeout()) - (System.nanoTime() - start));
	}

}
