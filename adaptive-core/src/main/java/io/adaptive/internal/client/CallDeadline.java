package io.adaptive.internal.client;

import java.time.Duration;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.stream.PropagatedContext;
import io.adaptive.stream.CallSettings;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a caller, shared by discovery and all attempts of a call.
 *
 * @param limited whether there is a deadline
 * @param nanoTime the deadline, in {@link System#nanoTime()}
 * @param waited the whole time from the beginning, zero for no limit
 */
record CallDeadline(boolean limited, long nanoTime, Duration waited) {

	static final CallDeadline NONE = new CallDeadline(false, 0, Duration.ZERO);

	/**
	 * Returns a deadline that starts now.
	 * @param timeout the caller's timeout, zero or {@code null} for no limit of its own;
	 * within a handler, the deadline of its caller applies, too
	 */
	static CallDeadline after(@Nullable Duration timeout) {
		Duration limit = PropagatedContext.limit((timeout != null) ? timeout : Duration.ZERO);
		return (limit.isZero() || TimeLimit.isNone(limit)) ? NONE
				: new CallDeadline(true, System.nanoTime() + TimeLimit.nanos(limit), limit);
	}

	/**
	 * Returns the earlier of this deadline and one that starts now.
	 * @param timeout the time until the other one
	 */
	CallDeadline orAfter(Duration timeout) {
		if (TimeLimit.isNone(timeout) || (this.limited && left().compareTo(timeout) <= 0)) {
			return this;
		}
		return new CallDeadline(true, System.nanoTime() + TimeLimit.nanos(timeout), timeout);
	}

	/**
	 * Returns the remaining time, at least a nanosecond, since zero would mean no limit.
	 */
	Duration left() {
		return Duration.ofNanos(Math.max(1, this.nanoTime - System.nanoTime()));
	}

	boolean isOver() {
		return this.limited && this.nanoTime - System.nanoTime() <= 0;
	}

	/**
	 * Limits the timeout of one attempt to the remaining time.
	 */
	CallSettings limit(CallSettings settings) {
		return this.limited ? settings.timeout(left()) : settings;
	}

}
