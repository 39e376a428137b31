package io.adaptive.stream;

import java.time.Duration;

import io.adaptive.internal.message.TimeLimit;
import io.adaptive.internal.message.TimeRange;
import io.adaptive.message.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one call or one-way message. Immutable; each configuration method
 * returns a changed copy.
 *
 * @param timeout the time from the call until its answer is decoded, zero for no limit,
 * {@code null} for the receive timeout of the stream. For a one-way message, the time to
 * wait until it can be sent, {@code null} for no limit. On a reconnecting connection the
 * timeout includes the wait for the service and retries
 * @param priority the priority at the handler, {@code null} for that of the handler; a
 * priority declared by the handler takes precedence
 * @param idempotent whether handling the message twice is harmless, so that it may be
 * retried if it is unknown whether it was handled
 * @param emptyAllowed whether the result is {@code null}, instead of an error, if the
 * handler returns nothing
 * @param onlyCall whether the stream is for this call only: {@code recv} reports the end
 * of the stream after the only reply of the handler
 */
public record CallSettings(@Nullable Duration timeout, @Nullable Priority priority, boolean idempotent,
		boolean emptyAllowed, boolean onlyCall) {

	private static final TimeRange TIMEOUT = new TimeRange("timeout of a call", Duration.ZERO, TimeRange.UNLIMITED);

	/** The default settings. */
	public static final CallSettings DEFAULT = new CallSettings(null, null, false, false, false);

	/**
	 * Checks the timeout. 100 years or more is no limit.
	 * @throws IllegalArgumentException if it is negative
	 */
	public CallSettings {
		if (timeout != null) {
			timeout = TimeLimit.orZero(TIMEOUT.check(timeout));
		}
	}

	/**
	 * Sets the time from the call until its answer is decoded.
	 * @param timeout the timeout, zero for no limit
	 * @return the changed copy
	 */
	public CallSettings timeout(Duration timeout) {
		return new CallSettings(timeout, this.priority, this.idempotent, this.emptyAllowed, this.onlyCall);
	}

	/**
	 * Sets the priority of the message.
	 * @param priority the priority
	 * @return the changed copy
	 */
	public CallSettings priority(Priority priority) {
		return new CallSettings(this.timeout, priority, this.idempotent, this.emptyAllowed, this.onlyCall);
	}

	/**
	 * Declares that the message is idempotent: handling it twice is harmless.
	 * @return the changed copy
	 */
	public CallSettings asIdempotent() {
		return new CallSettings(this.timeout, this.priority, true, this.emptyAllowed, this.onlyCall);
	}

	/**
	 * Accepts an empty answer, from a handler that returns nothing.
	 * @return the changed copy
	 */
	public CallSettings allowEmpty() {
		return new CallSettings(this.timeout, this.priority, this.idempotent, true, this.onlyCall);
	}

	/**
	 * Declares that the stream is for this call only, so that it ends with the answer
	 * unless the handler may send more on it.
	 * @return the changed copy
	 */
	public CallSettings asOnlyCall() {
		return new CallSettings(this.timeout, this.priority, this.idempotent, this.emptyAllowed, true);
	}

	/**
	 * Returns these settings, completed by defaults.
	 * @param defaults the values of settings that are not set here
	 * @return the combined settings
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
