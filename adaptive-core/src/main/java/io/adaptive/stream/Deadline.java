package io.adaptive.stream;

import java.time.Duration;
import java.util.Optional;

import io.adaptive.internal.stream.PropagatedContext;
import org.jspecify.annotations.Nullable;

/**
 * When the caller of a handler gives up. Calls that the handler makes keep to it by
 * themselves; a handler asks for it to plan its own work.
 */
public final class Deadline {

	/** The caller waits for ever. */
	public static final Deadline NONE = new Deadline(null);

	private final @Nullable PropagatedContext context;

	private Deadline(@Nullable PropagatedContext context) {
		this.context = context;
	}

	/**
	 * Returns the deadline of the handler that runs on this thread.
	 * @return the deadline, {@link #NONE} outside of handlers and once the caller has its
	 * answer
	 */
	public static Deadline current() {
		PropagatedContext context = PropagatedContext.current();
		return (context != null && context.hasDeadline()) ? new Deadline(context) : NONE;
	}

	/**
	 * Returns how much time is left.
	 * @return the time, zero if it is up; empty if the caller waits for ever
	 */
	public Optional<Duration> remaining() {
		return (this.context != null) ? Optional.of(Duration.ofNanos(Math.max(0, nanos(this.context))))
				: Optional.empty();
	}

	/**
	 * Tells whether the time is up.
	 * @return whether nobody waits any more
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
