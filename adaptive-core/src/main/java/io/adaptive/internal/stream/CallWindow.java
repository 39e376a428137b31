package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which calls a connection still takes. The highest call seen and the decision to take no
 * more are one number, so that the last accepted call that the peer is told is exactly
 * right, whichever thread is faster.
 */
final class CallWindow {

	private static final long CLOSED = Long.MIN_VALUE;

	private final AtomicLong state = new AtomicLong();

	private final LongAdder arrived = new LongAdder();

	/**
	 * Tells whether a call is taken.
	 */
	boolean accept(long callId) {
		long current = this.state.get();
		while (current >= 0 && callId > current) {
			if (this.state.compareAndSet(current, callId)) {
				return true;
			}
			current = this.state.get();
		}
		return current >= 0 || callId <= (current ^ CLOSED);
	}

	/**
	 * An accepted call is where it will be handled, or has been refused.
	 */
	void arrived() {
		this.arrived.increment();
	}

	/**
	 * Tells whether calls up to the last one accepted have not arrived.
	 */
	boolean isMissingCalls() {
		return this.arrived.sum() < (this.state.get() & ~CLOSED);
	}

	/**
	 * Takes no more.
	 * @return the last call accepted
	 */
	long close() {
		return this.state.updateAndGet((current) -> current | CLOSED) ^ CLOSED;
	}

}
