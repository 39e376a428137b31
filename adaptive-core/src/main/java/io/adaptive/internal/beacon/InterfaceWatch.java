package io.adaptive.internal.beacon;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * When the interfaces are to be looked at: after they have changed, and again and again
 * while something of them could not be opened. For the thread of the sockets, but for the
 * change.
 */
final class InterfaceWatch implements AutoCloseable {

	private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final Runnable end;

	private volatile boolean changed;

	private long next;

	/**
	 * Begins to watch.
	 * @param now the time
	 * @param watch begins to call what it is given when interfaces have changed, and
	 * returns what ends that
	 * @param wakeup ends the wait for the next time
	 */
	InterfaceWatch(long now, Function<Runnable, Runnable> watch, Runnable wakeup) {
		// What changed before somebody watched is seen then.
		this.next = now + RETRY_NANOS;
		this.end = watch.apply(() -> {
			this.changed = true;
			wakeup.run();
		});
	}

	/**
	 * Tells whether the interfaces are to be looked at now.
	 */
	boolean isDue(long now) {
		return this.changed || now >= this.next;
	}

	/**
	 * The interfaces are about to be looked at.
	 */
	void looking() {
		this.changed = false;
	}

	/**
	 * The interfaces have been looked at.
	 * @param incomplete whether something could not be opened
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
