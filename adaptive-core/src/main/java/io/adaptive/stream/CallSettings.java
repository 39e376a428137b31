package io.adaptive.stream;

import java.time.Duration;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.message.TimeRange;
import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * How one call, or one message sent, is treated otherwise than usual.
 *
 * @param timeout how long to wait for the answer, zero for no limit, {@code null} for
 * what the stream says. For a message sent one way, how long to wait until it can leave,
 * {@code null} for no limit. A connection that discovers counts the waiting for the
 * service and the sending again too
 * @param priority how urgent it is where it is handled, {@code null} for what the handler
 * says; a handler that declares a priority itself is not overruled
 * @param idempotent whether handling it twice does no harm, so that it may be sent again
 * when nobody knows whether it was handled
 * @param emptyAllowed whether a handler that returns nothing gives {@code null}, instead
 * of an error
 * @param onlyCall whether the stream is for this call alone: {@code recv} meets the end
 * of the stream as soon as the handler has given its only reply
 */
public record CallSettings(@Nullable Duration timeout, @Nullable Priority priority, boolean idempotent,
		boolean emptyAllowed, boolean onlyCall) {

	private static final TimeRange TIMEOUT = new TimeRange("timeout of a call", Duration.ZERO, TimeRange.UNLIMITED);

	/** As usual. */
	public static final CallSettings DEFAULT = new CallSettings(null, null, false, false, false);

	/**
	 * Checks the timeout. A hundred years or more are no limit.
	 * @throws IllegalArgumentException if it is negative
	 */
	public CallSettings {
		if (timeout != null) {
			timeout = TimeLimit.orZero(TIMEOUT.check(timeout));
		}
	}

	/**
	 * Limits how long to wait for the answer.
	 * @param timeout the limit, zero for none
	 * @return the changed copy
	 */
	public CallSettings timeout(Duration timeout) {
		return new CallSettings(timeout, this.priority, this.idempotent, this.emptyAllowed, this.onlyCall);
	}

	/**
	 * Sets how urgent the message is.
	 * @param priority the priority
	 * @return the changed copy
	 */
	public CallSettings priority(Priority priority) {
		return new CallSettings(this.timeout, priority, this.idempotent, this.emptyAllowed, this.onlyCall);
	}

	/**
	 * Declares that handling the message twice does no harm.
	 * @return the changed copy
	 */
	public CallSettings asIdempotent() {
		return new CallSettings(this.timeout, this.priority, true, this.emptyAllowed, this.onlyCall);
	}

	/**
	 * Takes a handler that returns nothing for an answer.
	 * @return the changed copy
	 */
	public CallSettings allowEmpty() {
		return new CallSettings(this.timeout, this.priority, this.idempotent, true, this.onlyCall);
	}

	/**
	 * Says that the stream is for this call alone, so that it ends with the answer unless
	 * the handler may send more on it.
	 * @return the changed copy
	 */
	public CallSettings asOnlyCall() {
		return new CallSettings(this.timeout, this.priority, this.idempotent, this.emptyAllowed, true);
	}

	/**
	 * Fills in what is not said here.
	 * @param defaults what holds then
	 * @return both together
	 */
	public CallSettings orElse(CallSettings defaults) {
		if (defaults.equals(DEFAULT)) {
			return this;
		}
		return new CallSettings((this.timeout != null) ? this.timeout : defaults.timeout,
				(this.priority != null) ? this.priority : defaults.priority, this.idempotent || defaults.idempotent,
				this.emptyAllowed || defaults.emptyAllowed, this.onlyCall || defaults.onlyCall);
	}

}
