package io.adaptive.internal.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The work of one connection that waits for a worker, first in, first out. Connections
 * take turns: the queue is in line while it has work, and is taken by one thread at a
 * time. Any thread may add.
 */
public final class ConnectionQueue {

	private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Adds work.
	 * @param work the work
	 * @return whether the queue was empty, so that the caller puts this queue in line
	 */
	public boolean add(Runnable work) {
		this.work.add(work);
		return this.count.getAndIncrement() == 0;
	}

	/**
	 * Takes the first work. Only for the thread that has taken this queue out of line.
	 * @return the work
	 */
	public @Nullable Runnable poll() {
		return this.work.poll();
	}

	/**
	 * Ends the turn of the thread that has taken work.
	 * @return whether there is more, so that the caller puts this queue in line again
	 */
	public boolean endTurn() {
		return this.count.decrementAndGet() > 0;
	}

}
