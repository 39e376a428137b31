package io.adaptive.internal.beacon;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Schedule of the checks of the network interfaces: after a change, and repeatedly while
 * a socket of one could not be opened. For use by the thread of the sockets; the
 * notification of a change comes on any thread.
 */
final class InterfaceWatch implements AutoCloseable {

	private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Runnable end;

	private volatile boolean changed;

	private long next;

	/**
	 * Starts the watch.
	 * @param now the time
	 * @param watch starts a watch of the interfaces: takes a callback that is run after a
	 * change, and returns the action that ends the watch
	 * @param wakeup ends the wait for the next check
	 */
	InterfaceWatch(long now, Function<Runnable, Runnable> watch, Runnable wakeup) {
		// A check after a moment finds changes from before the watch began.
		this.next = now + RETRY_NANOS;
		this.end = watch.apply(() -> {
			this.changed = true;
			wakeup.run();
		});
	}

	/**
	 * Returns whether a check is due.
	 */
	boolean isDue(long now) {
		return this.changed || now >= this.next;
	}

	/**
	 * Marks the start of a check.
	 */
	void looking() {
		this.changed = false;
	}

	/**
	 * Marks the end of a check.
	 * @param incomplete whether a socket could not be opened
	 */
	void looked(long now, boolean incomplete) {
		this.next = incomplete ? now + RETRY_NANOS : Long.MAX_VALUE;
	}

	long nextDue() {
		return this.next;
	}

	@Override
	public void close() {
		this.end.run();
	}

}
