package io.adaptive.internal.stream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls that a connection still accepts. The highest accepted id and the decision to
 * accept no more share one number, so that the id sent to the peer as the last accepted
 * one is exact under concurrency.
 */
final class CallWindow {

	private static final long CLOSED = Long.MIN_VALUE;

	private final AtomicLong state = new AtomicLong();

	private final LongAdder arrived = new LongAdder();

	/**
	 * Returns whether a call is accepted.
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
	 * Counts an accepted call that was passed to its handler or refused.
	 */
	void arrived() {
		this.arrived.increment();
	}

	/**
	 * Returns whether calls up to the last accepted one have not arrived.
	 */
	boolean isMissingCalls() {
		return this.arrived.sum() < (this.state.get() & ~CLOSED);
	}

	/**
	 * Accepts no more calls.
	 * @return the id of the last accepted call
	 */
	long close() {
		return this.state.updateAndGet((current) -> current | CLOSED) ^ CLOSED;
	}

}
