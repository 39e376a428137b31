package io.adaptive.internal.client;

import java.time.Duration;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * When a caller gives up, so that discovering and all attempts of a call share one
 * timeout.
 *
 * @param limited whether there is a deadline
 * @param nanoTime the deadline, in {@link System#nanoTime()}
 * @param waited how long that was from the beginning, zero for no limit
 */
record CallDeadline(boolean limited, long nanoTime, Duration waited) {

	static final CallDeadline NONE = new CallDeadline(false, 0, Duration.ZERO);

	/**
	 * Begins to count.
	 * @param timeout how long the caller wants to wait, zero or {@code null} for no limit
	 * of its own; the handler that calls passes on the deadline of its caller
	 */
	static CallDeadline after(@Nullable Duration timeout) {
		Duration limit = PropagatedContext.limit((timeout != null) ? timeout : Duration.ZERO);
		return (limit.isZero() || TimeLimit.isNone(limit)) ? NONE
				: new CallDeadline(true, System.nanoTime() + TimeLimit.nanos(limit), limit);
	}

	/**
	 * Returns the earlier of this deadline and one that begins to count now.
	 * @param timeout after what time that is over
	 */
	CallDeadline orAfter(Duration timeout) {
		if (TimeLimit.isNone(timeout) || (this.limited && left().compareTo(timeout) <= 0)) {
			return this;
		}
		return new CallDeadline(true, System.nanoTime() + TimeLimit.nanos(timeout), timeout);
	}

	/**
	 * Returns what is left, at least a moment, since zero would mean no limit.
	 */
	Duration left() {
		return Duration.ofNanos(Math.max(1, this.nanoTime - System.nanoTime()));
	}

	boolean isOver() {
		return this.limited && this.nanoTime - System.nanoTime() <= 0;
	}

	/**
	 * Limits one attempt to what is left.
	 */
	CallSettings limit(CallSettings settings) {
		return this.limited ? settings.timeout(left()) : settings;
	}

}
