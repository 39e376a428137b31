package io.adaptive.stream;

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

	private final LongAdder seen = new LongAdder();

	/**
	 * Tells whether a call is taken.
	 */
	boolean accept(long callId) {
		boolean accepted = isAccepted(callId);
		if (accepted) {
			this.seen.increment();
		}
		return accepted;
	}

	private boolean isAccepted(long callId) {
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
	 * Tells whether calls before the last one accepted have not arrived.
	 */
	boolean isMissingCalls() {
		return this.seen.sum() < (this.state.get() & ~CLOSED);
	}

	/**
	 * Takes no more.
	 * @return the last call accepted
	 */
	long close() {
		return this.state.updateAndGet((current) -> current | CLOSED) ^ CLOSED;
	}

}
