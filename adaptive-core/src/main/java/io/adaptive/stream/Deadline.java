package io.adaptive.stream;

import java.time.Duration;
import java.util.Optional;

import io.adaptive.internal.stream.PropagatedContext;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of a call: the time at which the caller of a handler gives up. Calls made
 * by the handler inherit it. A handler can query it to plan its own work.
 */
public final class Deadline {

	/** No deadline. */
	public static final Deadline NONE = new Deadline(null);

	private final @Nullable PropagatedContext context;

	private Deadline(@Nullable PropagatedContext context) {
		this.context = context;
	}

	/**
	 * Returns the deadline of the handler that runs on the current thread.
	 * @return the deadline, {@link #NONE} outside handlers and after the answer
	 */
	public static Deadline current() {
		PropagatedContext context = PropagatedContext.current();
		return (context != null && context.hasDeadline()) ? new Deadline(context) : NONE;
	}

	/**
	 * Returns the remaining time.
	 * @return the time, zero if the deadline has passed; empty without a deadline
	 */
	public Optional<Duration> remaining() {
		return (this.context != null) ? Optional.of(Duration.ofNanos(Math.max(0, nanos(this.context))))
				: Optional.empty();
	}

	/**
	 * Returns whether the deadline has passed.
	 * @return {@code true} if the caller has given up
	 */
	public boolean isPassed() {
		return this.context != null && nanos(this.context) <= 0;
	}

	private static long nanos(PropagatedContext context) {
		return context.deadline() - System.nanoTime();
	}

	@Override
	public String toString() {
		return remaining().map((left) -> "deadline in %s ms".formatted(left.toMillis())).orElse("no deadline");
	}

}
